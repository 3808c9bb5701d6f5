package io.pando.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.datatree.Acl;
import io.pando.datatree.Id;
import io.pando.datatree.Perms;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessControlTest {
    private static final String SUPER_DIGEST = "super:D/InIHSb7yEEbrWz8b9l71RjZJU=";
    private static final Id HERE = new Id("ip", "127.0.0.1");
    private static final Id ANN = new Id("digest", "ann:hash");
    private static final Id BOB = new Id("digest", "bob:hash");

    private final AccessControl access = new AccessControl("SHA1", SUPER_DIGEST, true);

    @Test
    void a_connection_is_known_by_its_address_at_first() throws Exception {
        InetAddress peer = InetAddress.getByAddress(new byte[] {10, 1, 2, 3});

        assertEquals(List.of(new Id("ip", "10.1.2.3")), access.initialIdentities(peer));
    }

    @Test
    void identities_add_up_and_each_is_kept_once() throws Exception {
        List<Id> once = authenticate(List.of(HERE), "digest", "ann:secret");
        List<Id> twice = authenticate(once, "digest", "ann:secret");
        List<Id> more = authenticate(twice, "digest", "bob:secret");

        assertEquals(2, once.size());
        assertEquals(once, twice);
        assertEquals(3, more.size());
        assertEquals(once, more.subList(0, 2));
    }

    @Test
    void a_connection_has_only_so_many_identities() throws Exception {
        String longName = "x".repeat(AccessControl.MOST_IDENTITY_CHARACTERS / 4);
        List<Id> many = List.of(HERE);
        for (int i = 0; i < 3; i++) {
            many = authenticate(many, "digest", i + longName + ":secret");
        }
        List<Id> enough = many;

        assertThrows(AuthenticationFailedException.class, () -> authenticate(enough, "digest", longName + ":secret"));
        assertEquals(enough, authenticate(enough, "digest", 0 + longName + ":secret"));
    }

    @Test
    void the_ip_scheme_proves_nothing_new() throws Exception {
        assertEquals(List.of(HERE), authenticate(List.of(HERE), "ip", "whatever"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kerberos", "", "world", "auth", "super"})
    void a_scheme_that_nobody_can_authenticate_with_is_refused(String scheme) {
        assertThrows(AuthenticationFailedException.class, () -> authenticate(List.of(HERE), scheme, "a:b"));
    }

    @Test
    void without_the_digest_scheme_nobody_can_use_it_in_any_way() {
        var withoutDigest = new AccessControl(null, null, true);

        assertThrows(
                AuthenticationFailedException.class,
                () -> withoutDigest.authenticate(
                        List.of(HERE), "digest", "a:b".getBytes(UTF_8), InetAddress.getLoopbackAddress()));
        assertFalse(withoutDigest.allows(List.of(ANN), List.of(new Acl(Perms.ALL, ANN)), Perms.READ));
        assertThrows(InvalidAclException.class, () -> withoutDigest.effectiveAcl(List.of(acl(31, ANN)), List.of(ANN)));
    }

    @Test
    void an_identity_passes_by_the_entry_that_means_it() {
        List<Acl> acl = List.of(acl(Perms.READ, ANN), acl(Perms.WRITE, BOB));

        assertTrue(access.allows(List.of(HERE, ANN), acl, Perms.READ));
        assertFalse(access.allows(List.of(HERE, ANN), acl, Perms.WRITE));
        assertTrue(access.allows(List.of(HERE, ANN, BOB), acl, Perms.WRITE));
        assertFalse(access.allows(List.of(HERE), acl, Perms.READ));
    }

    @Test
    void any_of_the_wanted_permissions_is_enough() {
        List<Acl> acl = List.of(acl(Perms.ADMIN, ANN));

        assertTrue(access.allows(List.of(ANN), acl, Perms.READ | Perms.ADMIN));
        assertFalse(access.allows(List.of(ANN), acl, Perms.READ | Perms.WRITE));
    }

    @Test
    void an_identity_is_not_meant_by_the_same_text_in_another_scheme() {
        assertFalse(access.allows(List.of(new Id("ip", "ann:hash")), List.of(acl(31, ANN)), Perms.READ));
        assertFalse(access.allows(List.of(new Id("x", "y")), List.of(acl(31, new Id("x", "y"))), Perms.READ));
        assertFalse(access.allows(List.of(HERE), List.of(acl(31, new Id("world", "nobody"))), Perms.READ));
    }

    @Test
    void everybody_is_anyone_and_is_where_they_come_from() {
        assertTrue(access.allows(List.of(), Acl.OPEN, Perms.ADMIN));
        assertTrue(access.allows(List.of(), Acl.READ_ONLY, Perms.READ));
        assertFalse(access.allows(List.of(), Acl.READ_ONLY, Perms.WRITE));
        assertTrue(access.allows(List.of(HERE), List.of(acl(1, new Id("ip", "127.0.0.0/8"))), Perms.READ));
        assertFalse(access.allows(List.of(HERE), List.of(acl(1, new Id("ip", "128.0.0.0/8"))), Perms.READ));
    }

    @Test
    void the_administrator_passes_whatever_the_acl_says() throws Exception {
        List<Id> admin = authenticate(List.of(HERE), "digest", "super:test");

        assertTrue(access.allows(admin, List.of(acl(0, ANN)), Perms.ADMIN));
        assertFalse(access.allows(List.of(HERE, new Id("digest", "super:x")), List.of(acl(0, ANN)), Perms.ADMIN));
    }

    @Test
    void no_acl_at_all_stops_nobody() {
        assertTrue(access.allows(List.of(), List.of(), Perms.ALL));
    }

    @Test
    void a_server_that_skips_acls_lets_everybody_do_everything_and_see_everything() throws Exception {
        var lax = new AccessControl("SHA1", null, false);
        List<Acl> acl = List.of(acl(0, ANN));

        assertTrue(lax.allows(List.of(), acl, Perms.ADMIN));
        assertSame(acl, lax.masked(acl, List.of()));
        assertThrows(InvalidAclException.class, () -> lax.effectiveAcl(List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "world,  anyone",
        "digest, a:b",
        "digest, :b",
        "digest, a:b:",
        "ip,     10.0.0.0/8",
        "ip,     ::1",
    })
    void an_entry_of_the_right_form_is_stored_as_it_is(String scheme, String id) throws Exception {
        List<@Nullable Acl> requested = List.of(acl(5, new Id(scheme, id)));

        assertEquals(requested, access.effectiveAcl(requested, List.of(HERE)));
    }

    @ParameterizedTest
    @CsvSource({
        "world,    nobody",
        "world,    ''",
        "World,    anyone",
        "digest,   a",
        "digest,   a:",
        "digest,   a:b:c",
        "ip,       localhost",
        "ip,       10.0.0.0/33",
        "super,    ''",
        "super,    super:x",
        "x509,     CN=a",
        "sasl,     a@B",
        "'',       ''",
        "auth,     ''",
    })
    void an_entry_that_can_never_match_spoils_the_whole_acl(String scheme, String id) {
        List<@Nullable Acl> requested = List.of(Acl.OPEN.get(0), acl(1, new Id(scheme, id)));

        assertThrows(InvalidAclException.class, () -> access.effectiveAcl(requested, List.of(HERE)));
    }

    @Test
    void an_acl_of_nothing_is_none() {
        List<@Nullable Acl> withNull = new ArrayList<>(Acl.OPEN);
        withNull.add(null);

        assertThrows(InvalidAclException.class, () -> access.effectiveAcl(null, List.of(HERE)));
        assertThrows(InvalidAclException.class, () -> access.effectiveAcl(List.of(), List.of(HERE)));
        assertThrows(InvalidAclException.class, () -> access.effectiveAcl(withNull, List.of(HERE)));
    }

    @Test
    void auth_stands_for_every_identity_that_was_proven() throws Exception {
        List<@Nullable Acl> requested = List.of(acl(5, new Id("auth", "ignored")), Acl.READ_ONLY.get(0));

        assertEquals(
                List.of(acl(5, ANN), acl(5, BOB), Acl.READ_ONLY.get(0)),
                access.effectiveAcl(requested, List.of(HERE, ANN, BOB, AccessControl.SUPER)));
    }

    @Test
    void the_first_of_equal_entries_is_kept() throws Exception {
        List<@Nullable Acl> requested = List.of(acl(1, BOB), acl(1, ANN), acl(1, BOB), acl(2, BOB), acl(1, ANN));

        assertEquals(List.of(acl(1, BOB), acl(1, ANN), acl(2, BOB)), access.effectiveAcl(requested, List.of(HERE)));
    }

    @Test
    void permission_bits_that_mean_nothing_are_stored() throws Exception {
        List<@Nullable Acl> requested = List.of(acl(0, ANN), acl(-1, BOB), acl(64, Id.ANYONE));

        assertEquals(requested, access.effectiveAcl(requested, List.of(HERE)));
    }

    @Test
    void hashes_are_masked_for_all_but_those_who_may_change_the_acl() {
        Acl readable = Acl.READ_ONLY.get(0);
        Acl here = acl(1, new Id("ip", "127.0.0.1"));
        List<Acl> acl = List.of(acl(Perms.ALL, ANN), acl(Perms.READ, new Id("digest", "bob:h:")), readable, here);

        assertEquals(acl, access.masked(acl, List.of(ANN)));
        assertEquals(
                List.of(
                        acl(Perms.ALL, new Id("digest", "ann:x")),
                        acl(Perms.READ, new Id("digest", "bob:x")),
                        readable,
                        here),
                access.masked(acl, List.of(HERE, BOB)));
    }

    @Test
    void a_user_is_what_the_scheme_says_and_empty_where_there_is_no_scheme() {
        assertEquals("ann", access.userOf(ANN));
        assertEquals("127.0.0.1", access.userOf(HERE));
        assertEquals("", access.userOf(AccessControl.SUPER));
    }

    private List<Id> authenticate(List<Id> before, String scheme, String credentials)
            throws AuthenticationFailedException {
        return access.authenticate(before, scheme, credentials.getBytes(UTF_8), InetAddress.getLoopbackAddress());
    }

    private static Acl acl(int perms, Id id) {
        return new Acl(perms, id);
    }
}
