package io.pando.testing.junit;

import io.pando.testing.TestEnsemble;
import io.pando.testing.TestEnsembleBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts an ensemble for tests and closes it after them.
 *
 * <pre>
 * {@literal @}RegisterExtension
 * static final TestEnsembleExtension ensembles = TestEnsembleExtension.of(3);
 *
 * {@literal @}Test
 * void the_application_survives_its_leader(TestEnsemble ensemble) { ... }
 * </pre>
 *
 * <p>In a static field it keeps one ensemble for all tests of the class, nested ones included, and {@linkplain TestEnsemble#repair repairs}
 * it before each test; what earlier tests have written is there. In a field of the instance every test has an ensemble of its own.
 */
public final class TestEnsembleExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private final TestEnsembleBuilder builder;
    private @Nullable TestEnsemble ensemble;

    /** The test or the class of tests with which the ensemble ends. */
    private @Nullable String scope;

    private TestEnsembleExtension(TestEnsembleBuilder builder) {
        this.builder = builder;
    }

    /** So many servers, as {@link TestEnsemble#start} starts them. */
    public static TestEnsembleExtension of(int servers) {
        return of(TestEnsemble.builder().servers(servers));
    }

    /** With settings of its own. */
    public static TestEnsembleExtension of(TestEnsembleBuilder builder) {
        return new TestEnsembleExtension(builder);
    }

    /**
     * The ensemble of the running test; tests may also have it as a parameter.
     *
     * @throws IllegalStateException outside of tests, and in methods that run before the ensemble is there
     */
    public TestEnsemble ensemble() {
        if (ensemble == null) {
            throw new IllegalStateException("There is no ensemble yet, or no longer: is this extension registered?");
        }
        return ensemble;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        startFor(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        startFor(context);
    }

    private void startFor(ExtensionContext context) {
        if (ensemble == null) {
            ensemble = builder.start();
            scope = context.getUniqueId();
        } else {
            ensemble.repair();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        closeAfter(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        closeAfter(context);
    }

    private void closeAfter(ExtensionContext context) {
        if (ensemble != null && context.getUniqueId().equals(scope)) {
            ensemble.close();
            ensemble = null;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestEnsemble.class;
    }

    @Override
    public TestEnsemble resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return ensemble();
    }
}
