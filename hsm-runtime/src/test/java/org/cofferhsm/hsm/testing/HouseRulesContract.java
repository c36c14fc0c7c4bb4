package org.cofferhsm.hsm.testing;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the classes of every module keep to. A module's {@code ArchitectureTest} extends it and names the root package. */
@TestInstance(Lifecycle.PER_CLASS) // or the classes would be read again for each rule
public abstract class HouseRulesContract {
    private final JavaClasses mainCode;
    private final JavaClasses tests;

    protected HouseRulesContract(JavaClasses mainCode, JavaClasses tests) {
        this.mainCode = mainCode;
        this.tests = tests;
    }

    static Stream<ArchRule> mainRules() {
        return HouseRules.forMainCode();
    }

    static Stream<ArchRule> testRules() {
        return HouseRules.forTests();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mainRules")
    void keepsTheHouseRules(ArchRule rule) {
        rule.check(mainCode);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("testRules")
    void runsEveryTest(ArchRule rule) {
        rule.allowEmptyShould(true).check(tests);
    }
}
