package io.pando.test.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.disk.QuietLog;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bytes, a decoder reads them or refuses them as documented, and takes memory in proportion to them. A brief round of what {@code bin/pando
 * fuzz} does for longer; {@code -Dpando.fuzz.seed=S} draws other inputs.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // that one of them hangs
class FuzzTest {
    private static final int TRIES = 2_000;

    /** Of those that read a file each time. */
    private static final int TRIES_WITH_FILES = 100;

    private static final Set<String> WITH_FILES =
            Set.of("configuration", "setting", "myid", "shell-properties", "shell-import");

    private static QuietLog quiet;

    @BeforeAll
    static void silence() {
        quiet = new QuietLog("io.pando");
    }

    @AfterAll
    static void speakAgain() {
        quiet.close();
    }

    static List<Decoder> decoders() {
        return Decoders.all();
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void what_once_broke_a_decoder_does_not_any_more(Decoder decoder) {
        Trial trial = new Trial(decoder);
        Corpus.of(decoder).forEach(trial::of);

        // Otherwise these would not be inputs to make others of.
        assertTrue(trial.accepted() > 0);
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void damaged_inputs_are_read_or_refused_and_take_memory_in_proportion(Decoder decoder) {
        long seed = Long.getLong("pando.fuzz.seed", 1);
        Mutator mutator = new Mutator(new SplittableRandom(seed), Corpus.of(decoder));
        Trial trial = new Trial(decoder);

        int tries = WITH_FILES.contains(decoder.name()) ? TRIES_WITH_FILES : TRIES;
        for (int i = 0; i < tries; i++) {
            trial.of(mutator.next());
        }
    }
}
