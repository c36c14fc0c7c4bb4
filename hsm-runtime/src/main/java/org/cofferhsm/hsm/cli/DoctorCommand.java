package org.cofferhsm.hsm.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.ModuleState;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.channel.ServiceStatus;
import org.cofferhsm.hsm.channel.StatusClient;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Finding;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.ModuleHome;
import org.cofferhsm.hsm.command.ModuleOpening;
import org.cofferhsm.hsm.command.OptionCommand;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SealSource;
import org.cofferhsm.hsm.error.HsmException;

/** {@code coffer doctor}: what is protected, what the operating system refused, and what should be put right. */
final class DoctorCommand extends OptionCommand {

    DoctorCommand() {
        super("doctor", "Say what is protected, what was refused, and what to put right");
    }

    @Override
    protected void declare(OptionSet options) {
        ModuleHome.declare(options);
        SealSource.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation) {
        Path home = ModuleHome.of(invocation);
        List<Finding> findings = new ArrayList<>(Machine.findings());
        if (Hsm.stateOf(home) == ModuleState.UNINITIALIZED) {
            findings.add(Finding.problem("module", "the directory " + home + " holds none; make one by coffer init"));
        } else {
            findings.addAll(new HomeDirectory(home).findings());
            findings.addAll(Hsm.serviceOf(home)
                    .map(address -> List.of(service(address)))
                    .orElseGet(() -> module(invocation, home)));
        }
        return Finding.answer(findings);
    }

    /** What protects the keys is known to the process that holds them. */
    private static Finding service(ServiceAddress address) {
        try (StatusClient client = StatusClient.connect(address)) {
            ServiceStatus status = client.status();
            return Finding.active(
                    "service",
                    "process " + status.processId() + " serves the module, " + status.state()
                            + "; what protects the keys in its memory is told while it does not run");
        } catch (HsmException e) {
            return Finding.problem("service", e.getMessage() + " [" + e.reason() + "]");
        }
    }

    private static List<Finding> module(Invocation invocation, Path home) {
        try (Hsm hsm = ModuleOpening.open(invocation, home)) {
            return hsm.protections().stream().map(DoctorCommand::finding).toList();
        } catch (HsmException e) {
            return List.of(Finding.problem("module", e.getMessage() + " [" + e.reason() + "]"));
        }
    }

    private static Finding finding(Hsm.Protection protection) {
        return protection.active()
                ? Finding.active(protection.name(), protection.detail())
                : Finding.refused(protection.name(), protection.detail());
    }
}
