package io.pando.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.datatree.Id;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestSchemeTest {
    private final DigestScheme scheme = new DigestScheme("SHA1", null);

    @ParameterizedTest
    @CsvSource({
        "super:test,     super:D/InIHSb7yEEbrWz8b9l71RjZJU=",
        "super:admin,    super:xQJmxLMiHGwaqBvst5y6rkB6HQs=",
        "a:b:c,          a:cLzgnoJ6mP5qz3w+mwvPE2vDgu0=",
        ":x,             :57b19mLA2vMhI/edHul/TytWqWE=",
        "bob,            bob:SBgazSKz7a68ikR4aKfffOYpkgo=",
        "jürgen:naïve,   jürgen:+brqHY3J5/1vNW2hQe2qmhIXFwk=",
    })
    void a_password_proves_the_identity_that_zookeeper_would_make_of_it(String credentials, String identity) {
        assertEquals(List.of(new Id("digest", identity)), authenticate(scheme, credentials));
    }

    @Test
    void another_hash_makes_another_identity() {
        var sha256 = new DigestScheme("SHA-256", null);

        assertEquals(
                List.of(new Id("digest", "super:wjySwxg860UATFtciuZ1lpzrCHrPeov6SPu/ZD56uig=")),
                authenticate(sha256, "super:test"));
    }

    @Test
    void a_hash_that_the_jvm_does_not_have_is_named() {
        var unknown = new DigestScheme("MD17", null);

        var thrown = assertThrows(IllegalStateException.class, () -> authenticate(unknown, "a:b"));

        assertEquals("This JVM has no hash algorithm MD17", thrown.getMessage());
    }

    @Test
    void only_the_password_behind_the_super_digest_proves_the_administrator() {
        var withSuper = new DigestScheme("SHA1", "super:D/InIHSb7yEEbrWz8b9l71RjZJU=");

        assertTrue(authenticate(withSuper, "super:test").contains(AccessControl.SUPER));
        assertFalse(authenticate(withSuper, "super:admin").contains(AccessControl.SUPER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:hash", ":hash", "user:hash:", "user:hash::", "a:b"})
    void an_acl_may_name_one_colon_and_something_behind_it(String id) {
        assertTrue(scheme.acceptsInAcl(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user", "user:", ":", "::", "a:b:c", "a::b", "a:b:c:", "user::"})
    void an_acl_may_not_name_anything_else(String id) {
        assertFalse(scheme.acceptsInAcl(id));
    }

    @Test
    void an_identity_is_meant_by_exactly_its_own_text() {
        assertTrue(scheme.matches("a:b", "a:b"));
        assertFalse(scheme.matches("a:b", "a:b:"));
        assertFalse(scheme.matches("a:b", "A:b"));
    }

    @Test
    void a_user_is_shown_without_the_hash() {
        assertEquals("a", scheme.userOf("a:b"));
        assertEquals("a", scheme.userOf("a"));
    }

    private static List<Id> authenticate(DigestScheme scheme, String credentials) {
        return scheme.authenticate(credentials.getBytes(UTF_8), InetAddress.getLoopbackAddress());
    }
}
