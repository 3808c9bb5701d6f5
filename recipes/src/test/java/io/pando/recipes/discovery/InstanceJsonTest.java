package io.pando.recipes.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class InstanceJsonTest {
    private static final ServiceInstance FULL = new ServiceInstance(
            "mail",
            "m1",
            "10.0.0.1",
            OptionalInt.of(9000),
            OptionalInt.empty(),
            Optional.of("{\"zone\":\"a\"}"),
            Instant.ofEpochMilli(1_795_000_000_000L),
            Kind.STATIC,
            Optional.of("{scheme}://{address}:{port}/{[}x{]}"),
            false);

    @Test
    void an_instance_is_written_in_curators_words() {
        assertEquals(
                "{\"name\":\"mail\",\"id\":\"m1\",\"address\":\"10.0.0.1\",\"port\":9000,\"sslPort\":null,"
                    + "\"payload\":{\"zone\":\"a\"},\"registrationTimeUTC\":1795000000000,\"serviceType\":\"STATIC\","
                    + "\"uriSpec\":{\"parts\":[{\"value\":\"scheme\",\"variable\":true},"
                    + "{\"value\":\"://\",\"variable\":false},{\"value\":\"address\",\"variable\":true},"
                    + "{\"value\":\":\",\"variable\":false},{\"value\":\"port\",\"variable\":true},"
                    + "{\"value\":\"/\",\"variable\":false},{\"value\":\"[\",\"variable\":true},"
                    + "{\"value\":\"x\",\"variable\":false},{\"value\":\"]\",\"variable\":true}]},\"enabled\":false}",
                new String(InstanceJson.encode(FULL), UTF_8));
    }

    @Test
    void what_was_written_is_read() {
        assertEquals(Optional.of(FULL), InstanceJson.decode(InstanceJson.encode(FULL)));
        ServiceInstance bare = ServiceInstance.of("mail").build();
        assertEquals(Optional.of(bare), InstanceJson.decode(InstanceJson.encode(bare)));
    }

    @Test
    void old_and_foreign_data_is_read_as_far_as_it_goes() {
        ServiceInstance old = InstanceJson.decode("{\"name\":\"a\",\"id\":\"b\",\"new\":1}".getBytes(UTF_8))
                .orElseThrow();

        assertTrue(old.enabled());
        assertEquals(Kind.DYNAMIC, old.kind());
        assertTrue(InstanceJson.decode("{}".getBytes(UTF_8)).isEmpty());
        assertTrue(InstanceJson.decode("no JSON".getBytes(UTF_8)).isEmpty());
        assertTrue(InstanceJson.decode(new byte[0]).isEmpty());
    }

    @Test
    void a_payload_that_is_no_json_is_refused() {
        ServiceInstance broken = ServiceInstance.of("mail").payload("{no").build();

        assertThrows(IllegalArgumentException.class, () -> InstanceJson.encode(broken));
    }

    @Test
    void a_uri_is_made_of_what_is_known() {
        assertEquals("http://10.0.0.1:9000/{x}", FULL.uri());
        assertEquals("{open", UriPattern.of("{open").fill(FULL));
        assertEquals(
                "mail m1  {other}",
                UriPattern.of("{name} {id} {ssl-port} {other}").fill(FULL));
    }
}
