package io.pando.test.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;

/**
 * The tree and the core of the broadcast are functions of what they are given: that makes them deterministic on every
 * server, and lets a simulator run them a thousand times faster than real time.
 */
@AnalyzeClasses(packages = "io.pando", importOptions = Production.class)
class PurePackagesTest {
    private static final String[] PURE = {
        "io.pando.datatree..",
        "io.pando.zab.model..",
        "io.pando.zab.core..",
        "io.pando.zab.election..",
        "io.pando.zab.message..",
    };

    private static final Map<String, Set<String>> CLOCKS_AND_CHANCE = Map.of(
            "java.lang.System", Set.of("currentTimeMillis", "nanoTime"),
            "java.lang.Math", Set.of("random"),
            "java.time.Instant", Set.of("now"),
            "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"),
            "java.util.UUID", Set.of("randomUUID"),
            "java.util.concurrent.ThreadLocalRandom", Set.of("current"));

    @ArchTest
    static final ArchRule pure_packages_know_no_socket_and_no_file = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "java.net..", "java.nio.file..", "java.nio.channels..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File.*|RandomAccessFile)")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule pure_packages_start_no_thread = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.lang\\.Thread|java\\.util\\.Timer"
                    + "|java\\.util\\.concurrent\\.(.*Executor.*|ForkJoin.*|locks\\..*|.*Queue)")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule pure_packages_read_no_clock_and_throw_no_dice = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethodWhere(readsClockOrChance())
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.(util\\.Random|security\\.SecureRandom)")
            .allowEmptyShould(true);

    private static DescribedPredicate<JavaAccess<?>> readsClockOrChance() {
        return describe(
                "read a clock or chance",
                access -> CLOCKS_AND_CHANCE
                        .getOrDefault(access.getTargetOwner().getName(), Set.of())
                        .contains(access.getName()));
    }
}
