package org.cofferhsm.hsm.access;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.Seal;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.session.Session;

/**
 * A module that users log in to, whoever owns it: {@code coffer serve}, where it runs, else this process. Its sessions
 * behave alike. Safe for use by several threads.
 *
 * <pre>{@code
 * try (ModuleAccess module = ModuleAccess.to(home, KeyFile.in(home));
 *      Session session = module.login("payroll", pin)) { … }
 * }</pre>
 *
 * <p>A program that owns a module for itself, or locks, unlocks or zeroizes it, takes {@link Hsm}.
 */
public sealed interface ModuleAccess extends AutoCloseable permits OwnedModule, ServedModule {

    /** Through the service that serves the module in this directory; where there is none, opened by its seal. */
    static ModuleAccess to(Path home, Seal seal) {
        return to(home, () -> Hsm.open(home, seal));
    }

    /**
     * Through the service that serves the module in this directory.
     *
     * @param opening opens the module where there is no service; asked only then, for it may have to ask for a secret
     */
    static ModuleAccess to(Path home, Supplier<Hsm> opening) {
        return served(home).orElseGet(() -> new OwnedModule(opening.get()));
    }

    private static Optional<ModuleAccess> served(Path home) {
        try {
            return Hsm.serviceOf(home).map(ModuleAccess::through);
        } catch (HsmException e) {
            if (e.reason() == Reason.SERVICE_UNAVAILABLE && Hsm.serviceOf(home).isEmpty()) {
                return Optional.empty(); // it stopped while we knocked
            }
            throw e;
        }
    }

    /**
     * Through the service that listens there, for programs that may not look into the module's directory. Complains by
     * {@code serviceUnavailable} and {@code serviceRefused}, and by {@code argumentInvalid} about its secret file.
     */
    static ModuleAccess through(ServiceAddress service) {
        return ServedModule.at(service);
    }

    /**
     * Logs a user in. The PIN stays the caller's to wipe. Complains by {@code pinIncorrect}, {@code userLocked}, or
     * {@code moduleNotActivated} before the first admin has a PIN.
     */
    Session login(String userName, char[] pin);

    /** Whether a service owns the module. */
    boolean isServed();

    /** Ends the sessions; locks the module and gives its directory back where this process owns it. */
    @Override
    void close();
}
