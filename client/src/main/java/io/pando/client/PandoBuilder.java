package io.pando.client;

import io.netty.handler.ssl.SslContext;
import io.pando.client.connection.Backoff;
import io.pando.client.connection.ConnectionEvent;
import io.pando.client.connection.Identity;
import io.pando.client.connection.Session;
import io.pando.client.connection.Settings;
import io.pando.client.connection.Tls;
import io.pando.client.loop.ClientLoops;
import io.pando.datatree.Acl;
import io.pando.session.wire.Frames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a client is to behave. Every setting has a default; {@link #open()} starts the client. Used by one thread. */
public final class PandoBuilder {
    private static final int MOST_REPLY_BYTES = 64 << 20;

    final ServerList servers;
    final List<Consumer<ConnectionEvent>> listeners = new ArrayList<>();
    List<Acl> defaultAcl = Acl.OPEN;

    @Nullable
    ClientLoops loops;

    @Nullable
    Executor callbackExecutor;

    Duration slowCallback = Duration.ofSeconds(1);
    Duration requestTimeout = Duration.ofSeconds(30);

    private final List<Identity> identities = new ArrayList<>();
    private boolean shuffle = true;
    private Duration sessionTimeout = Duration.ofSeconds(30);
    private @Nullable Duration connectTimeout;
    private Duration closeTimeout = Duration.ofSeconds(5);
    private Backoff backoff = new Backoff(100, 5_000);
    private boolean readOnlyAllowed;
    private boolean newSessionAfterLoss = true;
    private @Nullable Session takeover;
    private @Nullable SslContext tls;
    private Duration pauseReported = Duration.ofSeconds(1);
    private int mostRequests = 65_536;
    private int mostRequestBytes = Frames.DEFAULT_MAX_BYTES;
    private int mostReplyBytes = MOST_REPLY_BYTES;

    PandoBuilder(ServerList servers) {
        this.servers = servers;
    }

    /**
     * After how long without a sign of life the session, and with it its ephemerals, is to end. 30 s by default. The server decides,
     * mostly within 2 and 20 of its ticks: {@link Pando#session()} tells what was granted.
     */
    public PandoBuilder sessionTimeout(Duration timeout) {
        this.sessionTimeout = positive(timeout, "session timeout");
        return this;
    }

    /**
     * How long one address may take from the first packet to the acceptance of the session. A third of the session timeout by
     * default, though at least 1 s and at most 10 s.
     */
    public PandoBuilder connectTimeout(Duration timeout) {
        this.connectTimeout = positive(timeout, "connect timeout");
        return this;
    }

    /** How long a request may take in all, waiting for a connection included. 30 s by default. */
    public PandoBuilder requestTimeout(Duration timeout) {
        this.requestTimeout = positive(timeout, "request timeout");
        return this;
    }

    /** How long {@link Pando#close()} waits for the server to confirm the end of the session. 5 s by default. */
    public PandoBuilder closeTimeout(Duration timeout) {
        this.closeTimeout = positive(timeout, "close timeout");
        return this;
    }

    /** Tries the servers in the order in which they were written, rather than in one drawn by chance. */
    public PandoBuilder inGivenOrder() {
        this.shuffle = false;
        return this;
    }

    /**
     * How long to wait between attempts to connect: twice as long after each that fails, drawn by chance between half of that and all
     * of it. 100 ms to 5 s by default.
     */
    public PandoBuilder backoff(Duration first, Duration most) {
        this.backoff = new Backoff(first.toMillis(), most.toMillis());
        return this;
    }

    /** Encrypts, and checks the certificates and the host names of servers, as the context says. */
    public PandoBuilder tls(SslContext context) {
        this.tls = context;
        return this;
    }

    /**
     * Encrypts, and trusts what is in a file.
     *
     * @throws IOException when the file can't be read, or not with this password
     */
    public PandoBuilder tls(Tls.KeyFile trusted) throws IOException {
        return tls(Tls.context(trusted, null));
    }

    /**
     * Encrypts, trusts what is in one file, and shows the server what is in the other.
     *
     * @throws IOException when a file can't be read, or not with this password
     */
    public PandoBuilder tls(Tls.KeyFile trusted, Tls.KeyFile own) throws IOException {
        return tls(Tls.context(trusted, own));
    }

    /** Introduces the client with a user name and a password, scheme {@code digest}. */
    public PandoBuilder digest(String user, String password) {
        return identity("digest", (user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Introduces the client to every server it connects to. */
    public PandoBuilder identity(String scheme, byte[] auth) {
        identities.add(new Identity(scheme, auth.clone()));
        return this;
    }

    /** Is content with a server that has lost its quorum, as long as it finds no other: reads are answered there, writes refused. */
    public PandoBuilder readOnlyAllowed() {
        this.readOnlyAllowed = true;
        return this;
    }

    /** Closes the client when its session is lost. Otherwise it opens a new session by itself. */
    public PandoBuilder closeWhenLost() {
        this.newSessionAfterLoss = false;
        return this;
    }

    /** Goes on with the session of another client, whose connection ends when this one's begins. */
    public PandoBuilder takeOver(Session session) {
        this.takeover = session;
        return this;
    }

    /** The ACL of znodes that are created without one. Open to everybody by default. */
    public PandoBuilder defaultAcl(List<Acl> acl) {
        this.defaultAcl = List.copyOf(acl);
        return this;
    }

    /** Threads to share with other clients. Otherwise all clients of the process share some that it knows nothing of. */
    public PandoBuilder loops(ClientLoops shared) {
        this.loops = shared;
        return this;
    }

    /** Where callbacks run, still one after another for each client. Otherwise on daemon threads made for them. */
    public PandoBuilder callbackExecutor(Executor executor) {
        this.callbackExecutor = executor;
        return this;
    }

    /** From when on a callback that runs is named in the log. 1 s by default. */
    public PandoBuilder slowCallback(Duration duration) {
        this.slowCallback = positive(duration, "duration of a slow callback");
        return this;
    }

    /** How long the process has to stand still for {@link ConnectionEvent.Paused} to be told. 1 s by default. */
    public PandoBuilder pauseReported(Duration duration) {
        this.pauseReported = positive(duration, "duration of a pause");
        return this;
    }

    /** How many requests may wait for their answers; more are refused. 65,536 by default. */
    public PandoBuilder mostRequests(int count) {
        this.mostRequests = count;
        return this;
    }

    /** How large a request may be. What ZooKeeper's servers take, 1,048,575 bytes, by default: larger ones would cost the connection. */
    public PandoBuilder mostRequestBytes(int bytes) {
        this.mostRequestBytes = bytes;
        return this;
    }

    /** How large an answer may be. 64 MiB by default. */
    public PandoBuilder mostReplyBytes(int bytes) {
        this.mostReplyBytes = bytes;
        return this;
    }

    /** Is told of connections and sessions from the very first event on; see {@link Pando#listen}. */
    public PandoBuilder listener(Consumer<ConnectionEvent> listener) {
        listeners.add(listener);
        return this;
    }

    /** Starts the client, which connects by itself; requests may be made at once. Does not wait. */
    public Pando open() {
        return new Pando(this);
    }

    Settings settings() {
        int sessionMs = Math.toIntExact(sessionTimeout.toMillis());
        Session taken = takeover;
        return new Settings(
                servers.servers().stream()
                        .map(server -> InetSocketAddress.createUnresolved(server.host(), server.port()))
                        .toList(),
                shuffle,
                sessionMs,
                connectTimeout == null
                        ? Math.max(1_000, Math.min(10_000, sessionMs / 3))
                        : Math.toIntExact(connectTimeout.toMillis()),
                requestTimeout.toMillis(),
                closeTimeout.toMillis(),
                backoff,
                readOnlyAllowed,
                newSessionAfterLoss,
                taken,
                List.copyOf(identities),
                mostRequests,
                mostRequestBytes,
                mostReplyBytes,
                pauseReported.toMillis(),
                tls);
    }

    private static Duration positive(Duration duration, String what) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException("A " + what + " of " + duration + "; it has to be 1 ms at least");
        }
        return duration;
    }
}
