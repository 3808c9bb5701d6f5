package io.pando.testing.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.testing.TestEnsemble;
import io.pando.testing.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tests of a class share an ensemble, whole again for each of them, or have one each. */
@Timeout(60)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TestEnsembleExtensionTest {
    @RegisterExtension
    static final TestEnsembleExtension shared = TestEnsembleExtension.of(3);

    private static @Nullable TestEnsemble first;

    @BeforeAll
    static void it_is_there_before_all(TestEnsemble ensemble) {
        first = ensemble;
    }

    @AfterAll
    static void it_is_there_after_all() {
        assertSame(first, shared.ensemble());
    }

    @Test
    @Order(1)
    void one_test_breaks_everything(TestEnsemble ensemble) {
        assertSame(first, ensemble);
        ensemble.server(1).kill();
        ensemble.server(2).pause();
        ensemble.isolate(3);
    }

    @Test
    @Order(2)
    void the_next_finds_everything_whole(TestEnsemble ensemble) {
        assertSame(first, ensemble);
        assertTrue(ensemble.servers().stream().allMatch(TestServer::isRunning));
        assertEquals(2, ensemble.followers().size());
    }

    @Nested
    class Inside {
        @Test
        void nested_tests_share_it_too(TestEnsemble ensemble) {
            assertSame(first, ensemble);
        }
    }

    @Nested
    class WithOneOfItsOwn {
        @RegisterExtension
        final TestEnsembleExtension own = TestEnsembleExtension.of(1);

        @Test
        void a_test_may_have_an_ensemble_beside_the_shared_one() {
            assertNotSame(first, own.ensemble());
            assertNotEquals(shared.ensemble().connectString(), own.ensemble().connectString());
        }
    }
}
