package io.pando.test.compatibility;

import static io.pando.test.compatibility.Failures.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.zookeeper.ZooDefs.Ids.ANYONE_ID_UNSAFE;
import static org.apache.zookeeper.ZooDefs.Ids.CREATOR_ALL_ACL;
import static org.apache.zookeeper.ZooDefs.Ids.OPEN_ACL_UNSAFE;
import static org.apache.zookeeper.ZooDefs.Ids.READ_ACL_UNSAFE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.harness.EventLog;
import io.pando.test.harness.SharedServer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may do what: the schemes world, auth, digest, ip and super. */
class AccessTest {
    private static final String SUPER = "super:of-all";

    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults()
            .with("DigestAuthenticationProvider.superDigest", "super:IM4oqBGbliAa5GIQp6PqmZjf3Io=");

    @Test
    void what_its_creator_alone_may_touch_is_closed_to_others() throws Exception {
        ZooKeeper owner = authenticated("anna:secret");
        ZooKeeper stranger = SERVER.client();
        owner.create(SERVER.path("mine"), bytes("x"), CREATOR_ALL_ACL, CreateMode.PERSISTENT);

        assertRefused(Code.NOAUTH, () -> stranger.getData(SERVER.path("mine"), false, null));
        assertRefused(Code.NOAUTH, () -> stranger.setData(SERVER.path("mine"), bytes("y"), -1));
        assertRefused(Code.NOAUTH, () -> stranger.exists(SERVER.path("mine"), false));
        assertRefused(Code.NOAUTH, () -> stranger.getChildren(SERVER.path("mine"), false));
        assertRefused(Code.NOAUTH, () -> stranger.getACL(SERVER.path("mine"), null));
        assertRefused(Code.NOAUTH, () -> stranger.setACL(SERVER.path("mine"), OPEN_ACL_UNSAFE, -1));
        assertRefused(
                Code.NOAUTH,
                () -> stranger.create(SERVER.path("mine/c"), null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT));

        stranger.addAuthInfo("digest", bytes("anna:secret"));
        stranger.setData(SERVER.path("mine"), bytes("y"), -1);
    }

    @Test
    void deleting_is_allowed_by_the_parent() throws Exception {
        ZooKeeper client = authenticated("anna:secret");
        ZooKeeper stranger = SERVER.client();
        client.create(SERVER.path("closed"), null, READ_ACL_UNSAFE, CreateMode.PERSISTENT);
        client.create(SERVER.path("p"), null, CREATOR_ALL_ACL, CreateMode.PERSISTENT);
        client.create(SERVER.path("p/open"), null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);

        stranger.delete(SERVER.path("closed"), -1);
        assertRefused(Code.NOAUTH, () -> stranger.delete(SERVER.path("p/open"), -1));
        assertRefused(Code.NOAUTH, () -> stranger.delete(SERVER.path("p/missing"), -1));
    }

    @Test
    void a_digest_entry_admits_whoever_knows_the_password() throws Exception {
        Id bob = new Id("digest", DigestAuthenticationProvider.generateDigest("bob:pw"));
        ZooKeeper client = SERVER.client();
        client.create(
                SERVER.path("bobs"),
                null,
                Arrays.asList(new ACL(Perms.READ | Perms.WRITE, bob), new ACL(Perms.READ, ANYONE_ID_UNSAFE)),
                CreateMode.PERSISTENT);

        client.getData(SERVER.path("bobs"), false, null);
        assertRefused(Code.NOAUTH, () -> client.setData(SERVER.path("bobs"), null, -1));
        client.addAuthInfo("digest", bytes("bob:wrong"));
        assertRefused(Code.NOAUTH, () -> client.setData(SERVER.path("bobs"), null, -1));
        client.addAuthInfo("digest", bytes("bob:pw"));
        client.setData(SERVER.path("bobs"), null, -1);
    }

    @Test
    void an_ip_entry_admits_addresses_of_its_range() throws Exception {
        ZooKeeper client = SERVER.client();
        create(client, "near", new ACL(Perms.ALL, new Id("ip", "127.0.0.0/8")));
        create(client, "far", new ACL(Perms.ALL, new Id("ip", "10.0.0.0/8")));

        client.setData(SERVER.path("near"), null, -1);
        assertRefused(Code.NOAUTH, () -> client.setData(SERVER.path("far"), null, -1));
    }

    @Test
    void auth_stands_for_all_authenticated_identities_of_the_connection() throws Exception {
        ZooKeeper client = authenticated("anna:secret");
        client.addAuthInfo("digest", bytes("second:pw"));

        client.create(SERVER.path("both"), null, CREATOR_ALL_ACL, CreateMode.PERSISTENT);

        assertEquals(
                Set.of("anna", "second"),
                client.getACL(SERVER.path("both"), null).stream()
                        .map(acl -> acl.getId().getId().replaceFirst(":.*", ""))
                        .collect(Collectors.toSet()));
    }

    @Test
    void auth_without_an_identity_and_malformed_lists_are_refused() throws Exception {
        ZooKeeper client = SERVER.client();

        assertRefused(Code.INVALIDACL, () -> create(client, "a", CREATOR_ALL_ACL.get(0)));
        assertRefused(Code.INVALIDACL, () -> create(client, "a", new ACL(Perms.ALL, new Id("world", "someone"))));
        assertRefused(Code.INVALIDACL, () -> create(client, "a", new ACL(Perms.ALL, new Id("nobody-knows", "x"))));
        assertRefused(Code.INVALIDACL, () -> create(client, "a", new ACL(Perms.ALL, new Id("ip", "1.2.3"))));
        assertRefused(Code.INVALIDACL, () -> create(client, "a", new ACL(Perms.ALL, new Id("digest", "no-colon"))));
        assertNull(client.exists(SERVER.path("a"), false));
    }

    @Test
    void setting_an_acl_counts_its_own_version_only() throws Exception {
        ZooKeeper client = SERVER.client();
        client.create(SERVER.path("n"), null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        Stat before = client.exists(SERVER.path("n"), false);

        Stat after = client.setACL(SERVER.path("n"), READ_ACL_UNSAFE, 0);

        assertEquals(1, after.getAversion());
        assertEquals(before.getMzxid(), after.getMzxid());
        assertEquals(before.getVersion(), after.getVersion());
        assertEquals(READ_ACL_UNSAFE, client.getACL(SERVER.path("n"), null));
        assertRefused(Code.NOAUTH, () -> client.setACL(SERVER.path("n"), OPEN_ACL_UNSAFE, 1));
    }

    @Test
    void digests_are_masked_for_who_may_not_administer() throws Exception {
        ZooKeeper client = SERVER.client();
        Id bob = new Id("digest", DigestAuthenticationProvider.generateDigest("bob:pw"));
        List<ACL> acl = Arrays.asList(new ACL(Perms.ALL, bob), new ACL(Perms.READ, ANYONE_ID_UNSAFE));
        client.create(SERVER.path("masked"), null, acl, CreateMode.PERSISTENT);

        assertEquals(
                "bob:x",
                client.getACL(SERVER.path("masked"), null).get(0).getId().getId());
        client.addAuthInfo("digest", bytes("bob:pw"));
        assertEquals(acl, client.getACL(SERVER.path("masked"), null));
    }

    @Test
    void the_super_user_passes_every_list() throws Exception {
        ZooKeeper owner = authenticated("anna:secret");
        owner.create(SERVER.path("mine"), null, CREATOR_ALL_ACL, CreateMode.PERSISTENT);
        ZooKeeper root = authenticated(SUPER);

        root.setData(SERVER.path("mine"), bytes("by super"), -1);
        root.setACL(SERVER.path("mine"), OPEN_ACL_UNSAFE, -1);

        assertEquals(OPEN_ACL_UNSAFE, SERVER.client().getACL(SERVER.path("mine"), null));
    }

    @Test
    void who_am_i_lists_the_identities_of_the_connection() throws Exception {
        ZooKeeper client = authenticated("anna:secret");

        Set<String> identities = client.whoAmI().stream()
                .map(info -> info.getAuthScheme() + "=" + info.getUser())
                .collect(Collectors.toSet());

        assertEquals(Set.of("ip=127.0.0.1", "digest=anna"), identities);
    }

    @Test
    void an_unknown_scheme_ends_the_client_as_unauthenticated() throws Exception {
        EventLog events = new EventLog();
        ZooKeeper client = SERVER.client(events);

        client.addAuthInfo("nobody-knows", bytes("x"));

        events.awaitState(KeeperState.AuthFailed);
        assertRefused(Code.AUTHFAILED, () -> client.exists("/", false));
    }

    @Test
    void a_watcher_without_permission_to_read_learns_nothing() throws Exception {
        ZooKeeper owner = authenticated("anna:secret");
        EventLog events = new EventLog();
        ZooKeeper stranger = SERVER.client();
        assertNull(stranger.exists(SERVER.path("hidden"), events));
        assertNull(stranger.exists(SERVER.path("open"), events));

        owner.create(SERVER.path("hidden"), null, CREATOR_ALL_ACL, CreateMode.PERSISTENT);
        owner.create(SERVER.path("open"), null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);

        events.await(1);
        assertTrue(events.seen().stream().allMatch(seen -> seen.path().equals(SERVER.path("open"))));
    }

    private static ZooKeeper authenticated(String credentials) throws Exception {
        ZooKeeper client = SERVER.client();
        client.addAuthInfo("digest", bytes(credentials));
        return client;
    }

    private static void create(ZooKeeper client, String name, ACL entry) throws Exception {
        client.create(SERVER.path(name), null, Arrays.asList(entry), CreateMode.PERSISTENT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
