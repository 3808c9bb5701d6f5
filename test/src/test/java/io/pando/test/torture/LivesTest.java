package io.pando.test.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.test.torture.Lives.Life;
import org.junit.jupiter.api.Test;

/** What is said of ephemerals and sessions; each of the other tests is one thing that must not be. */
class LivesTest {
    private static final int LONG_MS = 1_000_000;

    private final Lives lives = new Lives();
    private final Life life = lives.begin("/e", LONG_MS);

    @Test
    void there_while_the_session_lives_and_gone_when_it_was_closed() {
        life.wrote(now());
        lives.saw(life, true, now());
        life.endsNow();
        lives.saw(life, false, now());
        life.hasEnded();
        lives.saw(life, false, now());

        assertWrongs(0);
    }

    @Test
    void before_its_creation_is_answered_it_may_be_there_or_not() {
        lives.saw(life, false, now());
        lives.saw(life, true, now());

        assertWrongs(0);
    }

    @Test
    void it_must_not_be_there_when_its_session_was_closed() {
        life.wrote(now());
        life.endsNow();
        life.hasEnded();

        lives.saw(life, true, now());

        assertWrongs(1);
    }

    @Test
    void it_must_not_be_gone_while_its_session_lives() {
        life.wrote(now());

        lives.saw(life, false, now());

        assertWrongs(1);
    }

    @Test
    void a_session_must_not_end_before_its_timeout() {
        life.wrote(now());

        life.isRefused();

        assertWrongs(1);
    }

    @Test
    void after_its_timeout_a_session_may_end() {
        Life brief = lives.begin("/brief", 0);
        brief.wrote(now());

        lives.saw(brief, false, now());
        brief.isRefused();
        lives.saw(brief, true, now());

        assertWrongs(0);
    }

    private void assertWrongs(int count) {
        assertEquals(count, lives.wrongs().size(), () -> lives.wrongs().toString());
    }

    private static long now() {
        return System.nanoTime();
    }
}
