package org.cofferhsm.hsm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInAnyPackage;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cofferhsm.hsm.testing.HouseRules;
import org.cofferhsm.hsm.testing.HouseRulesContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest extends HouseRulesContract {
    private static final Path DIAGRAM = Path.of("..", "docs", "architecture.puml");
    private static final JavaClasses MAIN = HouseRules.mainCode("org.cofferhsm.hsm");

    /** As drawn: what a session is, and each form that it has, are rooms of their own. */
    private static final SliceAssignment ROOMS = new SliceAssignment() {
        private static final Pattern ROOM = Pattern.compile("org\\.cofferhsm\\.hsm\\.(session(?:\\.\\w+)?|\\w+).*");

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            Matcher room = ROOM.matcher(type.getPackageName());
            return room.matches() ? SliceIdentifier.of(room.group(1)) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "the rooms of the diagram";
        }
    };

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
        slices().assignedFrom(ROOMS).should().beFreeOfCycles().check(MAIN);
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
                confine("com.sun.jna..", "..seal..", "..cryptoki.."),
                confine("com.google.gson..", "..command.."));
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
