package io.pando.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.ServerList.Server;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerListTest {
    @Test
    void several_servers_and_a_chroot_are_read_and_shown_as_they_were_written() {
        var list = ServerList.parse("a:2182,[::1]:2183/app/one");

        assertEquals(List.of(new Server("a", 2182), new Server("::1", 2183)), list.servers());
        assertEquals("/app/one", list.chroot());
        assertEquals("a:2182,[::1]:2183/app/one", list.toString());
    }

    @Test
    void a_port_left_out_is_the_usual_one() {
        assertEquals(new ServerList(List.of(new Server("localhost", 2181)), "/"), ServerList.parse("localhost"));
    }

    @Test
    void what_is_wrong_is_named() {
        assertTrue(messageOf("a:b").contains("\"a:b\" is not a server"));
        assertTrue(messageOf("a:70000").contains("ports are 1 to 65535"));
        assertTrue(messageOf("a,,b").contains("\"\" is not a server"));
        assertTrue(messageOf("a/app/").contains("ends with '/'"));
    }

    @Test
    void brackets_hold_an_address_and_not_another_bracket() {
        assertTrue(messageOf("[:],[[]").contains("\"[[]\" is not a server"));
    }

    private static String messageOf(String text) {
        return assertThrows(IllegalArgumentException.class, () -> ServerList.parse(text))
                .toString();
    }
}
