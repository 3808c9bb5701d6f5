package io.pando.test.harness;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One server process for all tests of a class, and the clients of each test, which end with it. Tests share the tree:
 * each works below its own {@link #root}.
 */
public final class SharedServer implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final int SESSION_TIMEOUT_MS = 30_000;

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final AtomicInteger tests = new AtomicInteger();
    private Target target = Target.current();
    private @Nullable ServerProcess process;
    private String root = "";

    private SharedServer() {}

    /** A server whose sessions may be as short as 1 s and as long as 40 s. */
    public static SharedServer withDefaults() {
        return new SharedServer()
                .with("tickTime", "500")
                .with("minSessionTimeout", "1000")
                .with("maxSessionTimeout", "40000");
    }

    /** Of another program than the one that this run is about. */
    public SharedServer of(Target program) {
        target = program;
        return this;
    }

    public SharedServer with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        process = ServerProcess.start(target, settings);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        root = "/test-" + tests.incrementAndGet();
        try (RawClient client = raw()) {
            Reply reply = client.call(Op.CREATE, Body.create(root, new byte[0], 0));
            if (reply.error() != Errors.OK) throw new IOException("No " + root + ": error " + reply.error());
            client.closeSession();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        while (!open.isEmpty()) open.pop().close();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (process != null) process.close();
    }

    public ServerProcess process() {
        if (process == null) throw new IllegalStateException("The server starts before the first test of the class");
        return process;
    }

    /** Whether the server is Apache's in a version before 3.{@code minor}, which lacks what came then. */
    public boolean isBefore(int minor) {
        return target.isBefore(minor);
    }

    /** The node below which the running test has the tree for itself. */
    public String root() {
        return root;
    }

    /** A path below {@link #root}. */
    public String path(String name) {
        return root + "/" + name;
    }

    /** Apache's client, connected, until the end of the test. */
    public ZooKeeper client() throws Exception {
        return client(process().connectString());
    }

    /** Apache's client, with a watcher for what it has no other. */
    public ZooKeeper client(EventLog events) throws Exception {
        return closing(ZooKeeperClients.connect(process().connectString(), SESSION_TIMEOUT_MS, events));
    }

    /** Apache's client on another address, a relay's or one with a chroot. */
    public ZooKeeper client(String connectString) throws Exception {
        return closing(ZooKeeperClients.connect(connectString, SESSION_TIMEOUT_MS, new EventLog()));
    }

    /** A raw connection with a session, until the end of the test. */
    public RawClient raw() throws IOException {
        return closing(RawClient.connect(process().port(), SESSION_TIMEOUT_MS));
    }

    /** A raw connection that has said nothing yet, until the end of the test. */
    public RawClient socket() throws IOException {
        return closing(RawClient.open(process().port()));
    }

    public Relay relay() throws IOException {
        return closing(Relay.to(process().port()));
    }

    /** Closes {@code resource} at the end of the running test. */
    public <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }
}
