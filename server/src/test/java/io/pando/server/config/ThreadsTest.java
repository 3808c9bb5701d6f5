package io.pando.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.server.config.ServerConfig.Threads;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadsTest {
    @ParameterizedTest
    @CsvSource({"1, , 64, 1", "2, , 64, 1", "3, , 0, 3", "8, , 0, 8", "2, 0, 0, 2", "8, 10, 10, 7", "1, 0, 0, 1"})
    void there_are_as_many_event_loops_as_processors_that_of_the_core_among_them_where_it_serves_clients(
            int processors, Integer wishedOnCore, int onCore, int loops) {
        Threads threads = Threads.on(processors, Duration.ZERO, Optional.ofNullable(wishedOnCore));

        assertEquals(new Threads(Duration.ZERO, onCore, loops), threads);
    }
}
