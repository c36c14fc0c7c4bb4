package org.cofferhsm.hsm.command;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.cofferhsm.hsm.HsmConfig;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.access.ModuleAccess;

/** A command that uses a module, through the service where one runs; else this process opens it meanwhile. */
public abstract class AccessCommand extends OptionCommand {

    public AccessCommand(String words, String summary) {
        super(words, summary);
    }

    @Override
    protected void declare(OptionSet options) {
        ModuleHome.declare(options);
        ServicePlace.declare(options);
        SealSource.declare(options);
    }

    @Override
    protected final Answer answer(Invocation invocation) {
        try (ModuleAccess module = access(invocation)) {
            return answer(invocation, module);
        }
    }

    /** The module; the caller closes it. */
    public static ModuleAccess access(Invocation invocation) {
        return access(invocation, UnaryOperator.identity());
    }

    /**
     * The module; the caller closes it.
     *
     * @param settings how it is run where this process has to open it
     */
    public static ModuleAccess access(Invocation invocation, UnaryOperator<HsmConfig> settings) {
        Optional<ServiceAddress> named = ServicePlace.named(invocation);
        return named.isPresent()
                ? ModuleAccess.through(named.get())
                : access(invocation, settings.apply(HsmConfig.at(ModuleHome.of(invocation))));
    }

    private static ModuleAccess access(Invocation invocation, HsmConfig config) {
        return ModuleAccess.to(config.home(), () -> ModuleOpening.open(invocation, config));
    }

    /** Does the work. */
    protected abstract Answer answer(Invocation invocation, ModuleAccess module);
}
