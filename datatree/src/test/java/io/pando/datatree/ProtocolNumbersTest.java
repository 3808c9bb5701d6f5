package io.pando.datatree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtocolNumbersTest {
    @Test
    void each_create_mode_is_found_by_its_flag() {
        for (CreateMode mode : CreateMode.values()) {
            assertEquals(mode, CreateMode.ofFlag(mode.flag()));
        }
        assertNull(CreateMode.ofFlag(7));
        assertNull(CreateMode.ofFlag(-1));
    }

    @Test
    void each_error_is_found_by_its_code() {
        for (ErrorCode error : ErrorCode.values()) {
            assertEquals(error, ErrorCode.of(error.code()));
        }
        assertNull(ErrorCode.of(-104));
        assertNull(ErrorCode.of(1));
    }

    @Test
    void the_codes_are_those_of_the_protocol() {
        assertEquals(
                List.of(
                        0, -1, -2, -3, -4, -5, -6, -7, -8, -9, -12, -13, -14, -100, -101, -102, -103, -108, -110, -111,
                        -112, -113, -114, -115, -116, -117, -118, -119, -120, -121, -122, -123, -124, -125, -127),
                Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList());
    }
}
