package org.cofferhsm.hsm.testing;

import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.QuickstartContext;
import org.cofferhsm.hsm.spi.QuickstartStep;

/** What a quickstart step works with in a test: a real module, and the step's own user and directory. */
public record TestQuickstart(TestModule module, String user, Path directory) implements QuickstartContext {

    /** A new module for a step, with the step's user. */
    public static TestQuickstart of(QuickstartStep step, Path home, Path directory) {
        return new TestQuickstart(TestModule.create(home, step.userName()), step.userName(), directory);
    }

    /** The step that a module on the class path provides for a product. */
    public static QuickstartStep step(String product) {
        return ServiceLoader.load(QuickstartStep.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(step -> step.product().equals(product))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody provides a quickstart step for " + product));
    }

    @Override
    public <T> T withSession(Function<Session, T> work) {
        return module.as(user, work);
    }

    @Override
    public Map<String, String> environment() {
        return module.environment(user);
    }
}
