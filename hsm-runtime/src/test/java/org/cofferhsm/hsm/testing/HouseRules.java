package org.cofferhsm.hsm.testing;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.lang.annotation.Annotation;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.platform.commons.annotation.Testable;

/** The rules that hold in every module; each module's {@code ArchitectureTest} checks them on its own classes. */
public final class HouseRules {

    private HouseRules() {}

    /** Rules for what is shipped. */
    public static Stream<ArchRule> forMainCode() {
        return Stream.of(
                classes().should(liveInANullMarkedPackage()),
                onlyIn("..cli..").should(ACCESS_STANDARD_STREAMS).because("only a command talks to the terminal"),
                onlyIn("..cli..").should().callMethod(System.class, "exit", int.class),
                onlyIn("..cli..").should().callMethod(Runtime.class, "halt", int.class),
                onlyIn("..command..").should().dependOnClassesThat().resideInAnyPackage("org.apache.commons.cli.."),
                noClasses()
                        .should()
                        .haveNameMatching(".*(Utils?|Helper|Manager|Impl|Common|Base)")
                        .because("a name says what the thing is for"));
    }

    /** Rules for the tests themselves. */
    public static Stream<ArchRule> forTests() {
        return Stream.of(
                runnable().and(declares(FuzzTest.class)).should(beNamed("FuzzTest")),
                runnable().and(declares(Testable.class)).should(beNamed("Test")));
    }

    /** The shipped classes of a package and those below it. */
    public static JavaClasses mainCode(String root) {
        return new ClassFileImporter()
                .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(root);
    }

    /** The tests of a package and those below it. */
    public static JavaClasses tests(String root) {
        return new ClassFileImporter()
                .withImportOption(Predefined.ONLY_INCLUDE_TESTS)
                .importPackages(root);
    }

    /** "No class outside these packages", to be continued with what only those may do. */
    public static GivenClassesConjunction onlyIn(String... packages) {
        return noClasses().that().resideOutsideOfPackages(packages);
    }

    private static GivenClassesConjunction runnable() {
        return classes().that(not(INTERFACES)).and(not(modifier(ABSTRACT)));
    }

    private static DescribedPredicate<JavaClass> declares(Class<? extends Annotation> kind) {
        return DescribedPredicate.describe(
                "have a @" + kind.getSimpleName() + " method",
                type -> type.getAllMethods().stream().anyMatch(method -> isTest(method, kind)));
    }

    private static boolean isTest(JavaMethod method, Class<? extends Annotation> kind) {
        return method.isAnnotatedWith(kind) || method.isMetaAnnotatedWith(kind);
    }

    private static ArchCondition<JavaClass> beNamed(String ending) {
        return new ArchCondition<>("be named *" + ending + ", or surefire silently leaves them out") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                JavaClass outermost = outermost(type);
                boolean found = outermost.getSimpleName().endsWith(ending);
                events.add(new SimpleConditionEvent(type, found, type.getFullName() + " is in " + outermost.getName()));
            }
        };
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(HouseRules::outermost).orElse(type);
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package whose package-info says @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " of " + type.getName()));
            }
        };
    }
}
