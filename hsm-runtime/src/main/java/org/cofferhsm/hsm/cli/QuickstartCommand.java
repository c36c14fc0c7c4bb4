package org.cofferhsm.hsm.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.ExitStatus;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionCommand;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.Progress;
import org.cofferhsm.hsm.command.Table;
import org.cofferhsm.hsm.spi.QuickstartStep;

/** {@code coffer quickstart}: a module, a user per product, and every product's step, each on real input. */
final class QuickstartCommand extends OptionCommand {

    private static final String USUAL_DIRECTORY = "coffer-quickstart";

    private final Supplier<List<QuickstartStep>> steps;

    QuickstartCommand() {
        this(() -> ServiceLoader.load(QuickstartStep.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** With these steps, in any order. */
    QuickstartCommand(Supplier<List<QuickstartStep>> steps) {
        super("quickstart", "Make a module and put it to work for every product");
        this.steps = steps;
    }

    @Override
    protected void declare(OptionSet options) {
        options.value("home", "DIR", "where to make it; else " + USUAL_DIRECTORY + " in this directory");
    }

    @Override
    protected Answer answer(Invocation invocation) {
        Path directory = invocation.findPath("home").orElseGet(() -> invocation.path(USUAL_DIRECTORY));
        QuickstartHome home = new QuickstartHome(directory);
        List<QuickstartStep> inOrder = steps.get().stream()
                .sorted(Comparator.comparingInt(QuickstartStep::order))
                .toList();
        List<String> users = inOrder.stream().map(QuickstartStep::userName).toList();
        new Progress(invocation.terminal())
                .during("Making a module in " + directory, () -> new QuickstartModule(home).prepare(users));
        return answer(
                home, inOrder.stream().map(step -> run(step, home, invocation)).toList());
    }

    private static StepResult run(QuickstartStep step, QuickstartHome home, Invocation invocation) {
        return new Progress(invocation.terminal())
                .during(step.product(), () -> StepResult.of(step, new StepContext(home, step.userName())));
    }

    private static Answer answer(QuickstartHome home, List<StepResult> results) {
        boolean passed = results.stream().allMatch(StepResult::passed);
        return new Answer(
                () -> new Fields()
                        .with("home", home.directory().toString())
                        .with("steps", results.stream().map(StepResult::fields).toList())
                        .map(),
                width -> {
                    List<String> lines = new ArrayList<>(Table.of(
                                    List.of("STEP", "DONE", "CHECKED BY", "TIME"),
                                    results.stream().map(StepResult::row).toList())
                            .lines(width));
                    lines.addAll(next(home, results));
                    return lines;
                },
                passed ? ExitStatus.DONE : ExitStatus.FAILED);
    }

    private static List<String> next(QuickstartHome home, List<StepResult> results) {
        Stream<String> ofSteps =
                results.stream().map(result -> result.outcome().tryNext()).filter(text -> !text.isEmpty());
        Stream<String> always = Stream.of(
                "coffer user list --home " + home.directory() + " --pin-file " + home.pinFile("admin"),
                "coffer audit verify --home " + home.directory() + " --pin-file " + home.pinFile("admin"));
        return Stream.concat(
                        Stream.of("", "The module is in " + home.directory() + ", its PINs in pins/. Try next:"),
                        Stream.concat(ofSteps, always).map(line -> "  " + line))
                .toList();
    }
}
