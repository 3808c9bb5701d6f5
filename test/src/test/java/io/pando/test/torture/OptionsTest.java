package io.pando.test.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pando.test.harness.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    private static final long DRAWN = 42;

    @Test
    void without_any_it_is_three_minutes_of_three_servers_of_pando_with_a_seed_that_was_drawn() {
        Options options = options();

        assertEquals(Duration.ofMinutes(3), options.duration());
        assertEquals(3, options.servers());
        assertEquals(Target.PANDO, options.target());
        assertEquals(Broken.NOT, options.broken());
        assertEquals(DRAWN, options.seed());
    }

    @Test
    void the_command_that_does_it_again_says_all_that_matters() {
        Options options =
                options("--minutes 0.5 --seed 7 --servers 5 --target zookeeper --broken stale-reads".split(" "));

        String again = options.again(options.plan(7, options.duration()));

        assertEquals(
                "bin/pando torture --minutes 0.5 --seed 7 --servers 5 --target zookeeper --broken stale-reads", again);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --minutes lots    | --minutes is a number above 0, such as 3 or 0.5, not "lots"
        --minutes 0       | --minutes is a number above 0, such as 3 or 0.5, not "0"
        --minutes NaN     | --minutes is a number above 0, such as 3 or 0.5, not "NaN"
        --minutes         | --minutes lacks its value
        --minutes --keep  | --minutes lacks its value
        --seed x          | --seed is a whole number, not "x"
        --servers 4       | --servers is 3 or 5, not "4"
        --target etcd     | --target is pando or zookeeper, not "etcd"
        --broken lies     | --broken is one of drop-acknowledged, stale-reads, lost-events, not "lies"
        --sed 5           | "--sed" is not an option
        """)
    void what_it_does_not_understand_it_refuses_with_a_sentence(String arguments, String sentence) {
        var refused = assertThrows(IllegalArgumentException.class, () -> options(arguments.split(" ")));

        assertEquals(sentence, refused.getMessage());
    }

    private static Options options(String... arguments) {
        return Options.of(List.of(arguments), DRAWN);
    }
}
