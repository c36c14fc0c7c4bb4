package org.cofferhsm.ekm.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.ekm.doctor.LibraryCheck;
import org.cofferhsm.ekm.doctor.ServiceCheck;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Credentials;
import org.cofferhsm.hsm.command.Finding;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.Login;
import org.cofferhsm.hsm.command.ModuleHome;
import org.cofferhsm.hsm.command.OptionCommand;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.ServicePlace;

/** {@code coffer ekm doctor}: the library, the service, a credential and its keys. */
public final class DoctorCommand extends OptionCommand {

    public DoctorCommand() {
        super("ekm doctor", "Check the library, the service, a credential and its keys; each key is used once");
    }

    @Override
    protected void declare(OptionSet options) {
        options.value("library", "FILE", "the DLL that CREATE CRYPTOGRAPHIC PROVIDER names, or the Linux library");
        Login.declare(options);
        ModuleHome.declare(options);
        ServicePlace.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation) {
        List<Finding> findings = new ArrayList<>(invocation
                .findPath("library")
                .map(LibraryCheck::of)
                .orElseGet(() -> List.of(Finding.note("library", "not checked; name it by --library"))));
        findings.addAll(ServicePlace.of(invocation)
                .map(place -> service(invocation, place))
                .orElseGet(() -> List.of(Finding.problem(
                        "service",
                        "none serves the module in " + ModuleHome.of(invocation)
                                + "; run coffer serve, or name its place by --tcp, COFFER_TCP or COFFER_SOCKET"))));
        return Finding.answer(findings);
    }

    private static List<Finding> service(Invocation invocation, ServiceAddress place) {
        boolean named = invocation.has("as")
                || invocation.has("pin-file")
                || invocation.environment(Login.PIN_VARIABLE).isPresent();
        if (!named) {
            return ServiceCheck.of(place, Optional.empty());
        }
        try (Credentials credentials = new Login(invocation, invocation.find("as")).credentials()) {
            return ServiceCheck.of(place, Optional.of(credentials));
        }
    }
}
