package io.pando.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpCodeTest {
    @ParameterizedTest
    @EnumSource
    void each_is_found_by_its_number(OpCode op) {
        assertEquals(op, OpCode.of(op.number()));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 23, 99, 108, -2, -12, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void a_number_without_a_meaning_finds_nothing(int number) {
        assertNull(OpCode.of(number));
    }

    @Test
    void some_are_not_for_clients() {
        assertEquals(
                EnumSet.of(
                        OpCode.CREATE_SESSION,
                        OpCode.ERROR,
                        OpCode.NOTIFICATION,
                        OpCode.CHECK,
                        OpCode.DELETE_CONTAINER),
                those(op -> !op.mayComeFromConnection()));
    }

    @Test
    void the_writes_are_those_that_the_protocol_calls_so() {
        assertEquals(
                Set.of(-11, -10, 1, 2, 5, 7, 13, 14, 15, 16, 19, 20, 21),
                those(OpCode::isWrite).stream().map(OpCode::number).collect(Collectors.toSet()));
    }

    private static Set<OpCode> those(Predicate<OpCode> condition) {
        return Arrays.stream(OpCode.values()).filter(condition).collect(Collectors.toSet());
    }
}
