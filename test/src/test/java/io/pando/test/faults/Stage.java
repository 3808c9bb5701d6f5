package io.pando.test.faults;

import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Target;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One ensemble for the tests of a class, as long as they pass, and the work that each of them disturbs. */
final class Stage implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private final Ensemble.Plan plan;
    private int tests;
    private @Nullable Ensemble ensemble;
    private @Nullable Work work;

    Stage(Ensemble.Plan plan) {
        this.plan = plan;
    }

    Ensemble ensemble() {
        if (ensemble == null) throw new IllegalStateException("No test runs");
        return ensemble;
    }

    Work work() {
        if (work == null) throw new IllegalStateException("No test runs");
        return work;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        if (ensemble == null) ensemble = plan.start(Target.current());
        work = Work.start(ensemble, "/faults-" + ++tests);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (work != null) work.end();
        work = null;
        if (context.getExecutionException().isPresent()) close();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    private void close() {
        if (ensemble != null) ensemble.close();
        ensemble = null;
    }
}
