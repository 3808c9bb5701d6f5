package io.pando.recipes.discovery;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ErrorsTest {
    private final AtomicLong now = new AtomicLong();
    private final Errors errors = new Errors(new DownPolicy(2, Duration.ofNanos(100)), now::get);

    @Test
    void who_fails_often_enough_is_down_and_comes_up_again_with_time() {
        errors.note("a");
        assertFalse(errors.isDown("a"));

        now.set(50);
        errors.note("a");
        assertTrue(errors.isDown("a"));
        assertFalse(errors.isDown("b"));

        now.set(100);
        assertFalse(errors.isDown("a"));
    }
}
