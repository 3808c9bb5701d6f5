package io.pando.server.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
    @Test
    void clients_leave_the_last_of_them_to_the_server() {
        assertEquals(
                1024 - 64,
                firstReservedOf("Max open files            1024                 524288               files     "));
    }

    @Test
    void of_few_they_leave_a_quarter() {
        assertEquals(
                120, firstReservedOf("Max open files            160                  160                  files     "));
    }

    @Test
    void without_a_limit_they_leave_nothing() {
        assertEquals(
                Integer.MAX_VALUE,
                firstReservedOf("Max open files            unlimited            unlimited            files     "));
        assertEquals(Integer.MAX_VALUE, OpenFiles.firstReserved(List.of()));
    }

    private static int firstReservedOf(String line) {
        return OpenFiles.firstReserved(List.of(
                "Limit                     Soft Limit           Hard Limit           Units     ",
                "Max processes             127235               127235               processes ",
                line,
                "Max locked memory         8388608              8388608              bytes     "));
    }
}
