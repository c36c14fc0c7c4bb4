package org.cofferhsm.hsm.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.QuickstartContext;
import org.cofferhsm.hsm.spi.QuickstartStep;
import org.cofferhsm.hsm.spi.QuickstartStep.Outcome;

/** What came of one quickstart step, and how long it took. */
record StepResult(String product, boolean passed, Outcome outcome, Duration time) {

    static StepResult of(QuickstartStep step, QuickstartContext context) {
        long start = System.nanoTime();
        try {
            Outcome outcome = step.run(context);
            return new StepResult(step.product(), true, outcome, since(start));
        } catch (HsmException e) {
            return new StepResult(
                    step.product(), false, failed(e.getMessage() + " [" + e.reason() + "]"), since(start));
        } catch (RuntimeException e) { // a step is code from elsewhere; the other steps still run
            return new StepResult(step.product(), false, failed(e.toString()), since(start));
        }
    }

    private static Outcome failed(String message) {
        return new Outcome("FAILED: " + message, "-", "");
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    List<String> row() {
        return List.of(product, outcome.done(), outcome.checkedBy(), "%.1f s".formatted(seconds()));
    }

    Map<String, Object> fields() {
        return new Fields()
                .with("step", product)
                .with("passed", passed)
                .with("done", outcome.done())
                .with("checked_by", outcome.checkedBy())
                .with("try_next", outcome.tryNext())
                .with("seconds", seconds())
                .map();
    }

    private double seconds() {
        return time.toMillis() / 1000.0;
    }
}
