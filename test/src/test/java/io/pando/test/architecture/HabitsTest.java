package io.pando.test.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** Habits that let two servers live in one JVM, and a reader trust what a signature says. */
@AnalyzeClasses(packages = "io.pando", importOptions = Production.class)
class HabitsTest {
    private static final Map<String, Set<String>> AMBIENT_SETTINGS = Map.of(
            "java.lang.System", Set.of("getProperty", "getProperties", "setProperty", "getenv"),
            "java.lang.Boolean", Set.of("getBoolean"),
            "java.lang.Integer", Set.of("getInteger"),
            "java.lang.Long", Set.of("getLong"));

    @ArchTest
    static final ArchRule static_fields_never_change =
            fields().that().areStatic().should().beFinal().allowEmptyShould(true);

    @ArchTest
    static final ArchRule only_command_lines_speak_on_standard_streams = noClasses()
            .that()
            .resideOutsideOfPackages("..cli..", "..shell..", "..bench..")
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule settings_come_in_through_configuration = noClasses()
            .that()
            .resideOutsideOfPackages("..cli..", "..shell..", "..bench..", "..config..")
            .should()
            .callMethodWhere(readsAmbientSettings());

    /**
     * Timeouts, of sessions above all, are told by the monotonic clock. In servers the wall clock only tells the times that znodes and
     * connections show, when a znode with a time to live is due, and where the session ids of a server's life begin.
     */
    @ArchTest
    static final ArchRule time_is_measured_by_a_clock_that_can_not_jump = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.pando.session..",
                    "io.pando.zab..",
                    "io.pando.server..",
                    "io.pando.client..",
                    "io.pando.recipes.line..",
                    "io.pando.recipes.fencing..")
            .and()
            .resideOutsideOfPackages("..cli..", "..shell..")
            .and()
            .haveNameNotMatching("io\\.pando\\.(zab\\.runtime\\.Clock.*|server\\.fourletter\\.SessionWord)")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule every_package_says_what_it_is_for_and_is_null_marked =
            classes().should(resideInANullMarkedPackage());

    private static DescribedPredicate<JavaAccess<?>> readsAmbientSettings() {
        return describe(
                "read system properties or the environment",
                access -> AMBIENT_SETTINGS
                        .getOrDefault(access.getTargetOwner().getName(), Set.of())
                        .contains(access.getName()));
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package whose package-info is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(type, marked, type.getName() + " is in an unmarked package"));
            }
        };
    }
}
