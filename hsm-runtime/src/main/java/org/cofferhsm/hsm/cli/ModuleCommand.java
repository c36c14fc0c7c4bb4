package org.cofferhsm.hsm.cli;

import java.nio.file.Path;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.error.HsmException;

/** A command that opens a module; the process owns it meanwhile. */
abstract class ModuleCommand extends OptionCommand {

    ModuleCommand(String words, String summary) {
        super(words, summary);
    }

    @Override
    void declare(OptionSet options) {
        ModuleHome.declare(options);
        SealSource.declare(options);
    }

    @Override
    final Answer answer(Invocation invocation) {
        try (Hsm hsm = open(invocation, ModuleHome.of(invocation))) {
            return answer(invocation, hsm);
        }
    }

    /** The module, operational; the caller closes it. */
    static Hsm open(Invocation invocation, Path home) {
        Hsm hsm = Hsm.open(home);
        try {
            return SealSource.use(invocation, home, hsm::unlock);
        } catch (HsmException | UsageException e) {
            hsm.close();
            throw e;
        }
    }

    /** Does the work in the open module. */
    abstract Answer answer(Invocation invocation, Hsm hsm);
}
