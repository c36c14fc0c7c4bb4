package org.cofferhsm.hsm.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.SoftwareVersion;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.channel.ServiceStatus;
import org.cofferhsm.hsm.channel.StatusClient;
import org.cofferhsm.hsm.command.AccessCommand;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.Login;
import org.cofferhsm.hsm.command.ModuleHome;
import org.cofferhsm.hsm.command.OptionCommand;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.Printable;
import org.cofferhsm.hsm.command.SealSource;
import org.cofferhsm.hsm.command.ServicePlace;
import org.cofferhsm.hsm.command.Table;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.user.Role;

/** {@code coffer status}: what is in the module's directory, and who owns it now; who logs in also sees how much. */
final class StatusCommand extends OptionCommand {

    StatusCommand() {
        super("status", "Say what state the module is in and who owns it");
    }

    @Override
    protected void declare(OptionSet options) {
        Login.declare(options);
        ModuleHome.declare(options);
        ServicePlace.declare(options);
        SealSource.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation) {
        Fields facts = new Fields();
        if (ServicePlace.named(invocation).isEmpty()) {
            look(ModuleHome.of(invocation), facts);
        }
        facts.with("version", SoftwareVersion.text())
                .with("java", Runtime.version().toString());
        ServicePlace.of(invocation).ifPresent(service -> ask(service, facts));
        if (invocation.has("as") || invocation.has("pin-file")) {
            count(invocation, facts);
        }
        return Answer.of(facts::map, width -> Table.indented(rows(facts.map())).lines(width));
    }

    /** What can be seen without a service. A module that nobody has open is locked; by an admin, it stays so. */
    private static void look(Path home, Fields facts) {
        OptionalLong owner = Hsm.ownerOf(home);
        facts.with("home", home.toString())
                .with("state", Hsm.stateOf(home).name())
                .with("owner", owner.isPresent() ? "process " + owner.getAsLong() : "nobody");
        if (Hsm.isLockedDown(home)) {
            facts.with("locked-by", "an admin, until coffer unlock");
        }
    }

    /** The service knows better than the files; one that does not answer is a finding too. */
    private static void ask(ServiceAddress service, Fields facts) {
        facts.with("service", service.toString());
        try (StatusClient client = StatusClient.connect(service)) {
            ServiceStatus status = client.status();
            facts.with("state", status.state().name())
                    .with("owner", "process " + status.processId())
                    .with("since", status.since().toString())
                    .with("clients", status.clients())
                    .with("connections", status.connections());
        } catch (HsmException e) {
            facts.with("problem", Printable.of(String.valueOf(e.getMessage())));
        }
    }

    /** An auditor sees neither users nor keys. */
    private static void count(Invocation invocation, Fields facts) {
        try (ModuleAccess module = AccessCommand.access(invocation);
                Session session = new Login(invocation, invocation.find("as")).open(module)) {
            if (session.user().role() != Role.AUDITOR) {
                facts.with("users", session.users().list().size())
                        .with("keys", session.find(Attributes.NONE).list().size());
            }
        }
    }

    private static List<List<String>> rows(Map<String, Object> facts) {
        return facts.entrySet().stream()
                .map(fact -> List.of(fact.getKey(), fact.getValue().toString()))
                .toList();
    }
}
