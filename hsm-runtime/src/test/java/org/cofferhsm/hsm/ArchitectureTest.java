package org.cofferhsm.hsm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInAnyPackage;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.cofferhsm.hsm.testing.HouseRules;
import org.cofferhsm.hsm.testing.HouseRulesContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest extends HouseRulesContract {
    private static final Path DIAGRAM = Path.of("..", "docs", "architecture.puml");
    private static final JavaClasses MAIN = HouseRules.mainCode("org.cofferhsm.hsm");

    ArchitectureTest() {
        super(MAIN, HouseRules.tests("org.cofferhsm.hsm"));
    }

    @Test
    void dependsAsDrawn() {
        classes()
                .should(adhereToPlantUmlDiagram(DIAGRAM, consideringOnlyDependenciesInAnyPackage("org.cofferhsm..")))
                .check(MAIN);
    }

    @Test
    void hasNoCycles() {
        slices().matching("org.cofferhsm.hsm.(*)..").should().beFreeOfCycles().check(MAIN);
    }

    /** Who may use what: the first column may be used by the second only. */
    static Stream<ArchRule> confinements() {
        return Stream.of(
                confine("org.bouncycastle..", "..crypto.."),
                confine("com.amazon.corretto..", "..crypto.."),
                confine("javax.crypto..", "..crypto..", "..jce.."),
                confine("java.sql..", "..store.."),
                confine("javax.sql..", "..store.."),
                confine("org.h2..", "..store.."),
                confine("com.sun.jna..", "..seal.."),
                confine("com.google.gson..", "..cli.."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("confinements")
    void keepsForeignCodeInItsRoom(ArchRule rule) {
        rule.check(MAIN);
    }

    private static ArchRule confine(String foreign, String... rooms) {
        return HouseRules.onlyIn(rooms).should().dependOnClassesThat().resideInAnyPackage(foreign);
    }
}
