package io.pando.recipes.priorityqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PriorityQueueTest {
    @Test
    void names_are_in_the_order_of_the_numbers() {
        List<String> names = Stream.of(Integer.MIN_VALUE, -2, -1, 0, 1, 255, Integer.MAX_VALUE)
                .map(PriorityQueue::order)
                .toList();

        assertEquals(names.stream().sorted().toList(), names);
        assertEquals("0FFFFFFFF", PriorityQueue.order(-1));
        assertEquals("1000000FF", PriorityQueue.order(255));
    }
}
