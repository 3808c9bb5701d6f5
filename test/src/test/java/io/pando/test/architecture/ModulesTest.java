package io.pando.test.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between modules, as {@code docs/architecture.md} draws them. A new arrow is a decision, and is written down. */
@AnalyzeClasses(packages = "io.pando", importOptions = Production.class)
class ModulesTest {
    @ArchTest
    static final ArchRule modules_know_only_those_that_their_arrows_point_to = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.pando..")
            .withOptionalLayers(true)
            .layer("datatree")
            .definedBy("io.pando.datatree..")
            .layer("zab")
            .definedBy("io.pando.zab..")
            .layer("session")
            .definedBy("io.pando.session..")
            .layer("server")
            .definedBy("io.pando.server..")
            .layer("client")
            .definedBy("io.pando.client..")
            .layer("recipes")
            .definedBy("io.pando.recipes..")
            .layer("testing")
            .definedBy("io.pando.testing..")
            .layer("test")
            .definedBy("io.pando.test..")
            .whereLayer("datatree")
            .mayNotAccessAnyLayer()
            .whereLayer("zab")
            .mayNotAccessAnyLayer()
            .whereLayer("session")
            .mayOnlyAccessLayers("datatree")
            .whereLayer("server")
            .mayOnlyAccessLayers("zab", "session", "datatree")
            .whereLayer("testing")
            .mayOnlyAccessLayers("server", "zab")
            .whereLayer("client")
            .mayOnlyAccessLayers("session", "datatree")
            .whereLayer("recipes")
            .mayOnlyAccessLayers("client", "session", "datatree");

    @ArchTest
    static final ArchRule packages_form_no_cycle =
            slices().matching("io.pando.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule packages_are_named_after_what_they_are_about =
            noClasses().should().resideInAnyPackage("..util..", "..common..", "..manager..", "..impl..", "..helper..");

    @ArchTest
    static final ArchRule the_client_side_logs_through_slf4j_alone = noClasses()
            .that()
            .resideOutsideOfPackages("io.pando.server..", "io.pando.test..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ch.qos.logback..");
}
