package org.cofferhsm.ekm.cli;

import java.util.List;
import java.util.Map;
import org.cofferhsm.ekm.script.Scenario;
import org.cofferhsm.ekm.script.Script;
import org.cofferhsm.ekm.script.SiteNames;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionCommand;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.UsageException;

/** {@code coffer ekm script}: prints T-SQL, and touches neither a module nor a server. */
public final class ScriptCommand extends OptionCommand {

    public ScriptCommand() {
        super("ekm script", "Print the T-SQL for a scenario, to be read and then run with sqlcmd");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required("scenario", "NAME", Scenario.list());
        SiteNames.meanings().forEach((name, meaning) -> options.value(name, "NAME", meaning));
    }

    @Override
    protected void check(Invocation invocation) {
        scenario(invocation);
    }

    private static Scenario scenario(Invocation invocation) {
        String name = invocation.get("scenario");
        return Scenario.named(name)
                .orElseThrow(() -> new UsageException("--scenario is one of " + Scenario.list() + ", not " + name));
    }

    @Override
    protected Answer answer(Invocation invocation) {
        SiteNames names = SiteNames.usual();
        for (String name : SiteNames.meanings().keySet()) {
            invocation.find(name).ifPresent(value -> names.with(name, value));
        }
        Scenario scenario = scenario(invocation);
        String script = Script.of(scenario, names);
        return Answer.of(
                () -> Map.of("scenario", scenario.text(), "script", script), width -> List.of(script.split("\\R")));
    }
}
