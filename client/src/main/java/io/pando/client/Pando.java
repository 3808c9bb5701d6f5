package io.pando.client;

import io.pando.client.call.AclAndStat;
import io.pando.client.call.AddWatch;
import io.pando.client.call.Call;
import io.pando.client.call.Caller;
import io.pando.client.call.Create;
import io.pando.client.call.DataAndStat;
import io.pando.client.call.Delete;
import io.pando.client.call.Exists;
import io.pando.client.call.GetChildren;
import io.pando.client.call.GetData;
import io.pando.client.call.MultiRead;
import io.pando.client.call.Read;
import io.pando.client.call.Reads;
import io.pando.client.call.Reconfig;
import io.pando.client.call.SetAcl;
import io.pando.client.call.SetData;
import io.pando.client.call.Transaction;
import io.pando.client.connection.ConnectionEvent;
import io.pando.client.connection.ConnectionState;
import io.pando.client.connection.Identity;
import io.pando.client.connection.Session;
import io.pando.client.connection.SessionKeeper;
import io.pando.client.error.AuthFailedException;
import io.pando.client.error.ClosedException;
import io.pando.client.error.NoServerException;
import io.pando.client.follow.Follow;
import io.pando.client.loop.Callbacks;
import io.pando.client.loop.ClientLoops;
import io.pando.client.watch.Handle;
import io.pando.client.watch.WatchListener;
import io.pando.datatree.Acl;
import io.pando.datatree.ErrorCode;
import io.pando.session.AddWatchMode;
import io.pando.session.ClientInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A client of Pando or of Apache ZooKeeper 3.5 or later. It keeps a session across connections, and asks what it is told to ask:
 *
 * <pre>{@code
 * try (Pando pando = Pando.connect("host1:2181,host2:2181/app").digest("me", "secret").open()) {
 *     pando.create("/config/colour").data("green").makeParents().now();
 *     DataAndStat colour = pando.getData("/config/colour").now();
 *     pando.setData("/config/colour", "red".getBytes(UTF_8)).version(colour.stat().version()).async();
 * }
 * }</pre>
 *
 * <p>Every request is sent by {@code now()}, which waits and throws, or by {@code async()}, which returns a future. A failure is a
 * {@link io.pando.client.error.PandoException}, whose subtype says why and whose {@code retry()} says what asking again would mean.
 * When the connection is lost, reads are asked again on the next one; writes that were not yet sent are sent there; of those that were
 * under way the tree is asked what became of them (see {@link io.pando.client.call.Write}).
 *
 * <p><b>Threads.</b> All state of the session lives on one event loop, which many clients may share; this object may be used by any
 * thread and hands what it is asked to that loop. Callbacks (events, watches, and what is chained to futures) run on the client's
 * callback thread, one after another, in the order in which their causes arrived, and never on an event loop. They may block, and may
 * use the client, but all callbacks behind them wait meanwhile.
 *
 * <p><b>Sessions.</b> When the session is lost ({@link ConnectionEvent.Lost}) the client opens another by itself, unless it was told to
 * close. Watches are carried over, ephemerals are gone. Whoever relies on ephemerals compares {@link #session()} with the session under
 * which they were made.
 */
public final class Pando implements AutoCloseable {
    private final ClientLoops.@Nullable Lease lease;
    private final Callbacks callbacks;
    private final SessionKeeper keeper;
    private final Caller caller;

    // Added to by any thread, read by the callback thread.
    private final CopyOnWriteArrayList<Listening> listeners = new CopyOnWriteArrayList<>();

    Pando(PandoBuilder builder) {
        builder.listeners.forEach(listener -> listeners.add(new Listening(listener)));
        ClientLoops given = builder.loops;
        lease = given == null ? ClientLoops.shared() : null;
        ClientLoops loops = lease == null ? Objects.requireNonNull(given) : lease.loops();
        Executor callbackExecutor = builder.callbackExecutor;
        callbacks = new Callbacks(
                callbackExecutor == null ? loops.mayBlock() : callbackExecutor, builder.slowCallback.toMillis());
        keeper = new SessionKeeper(
                loops.next(),
                loops.mayBlock(),
                builder.settings(),
                callbacks,
                RandomGenerator.getDefault(),
                event -> callbacks.execute(event, () -> tell(event)));
        caller = new Caller(
                keeper, callbacks, builder.servers.chroot(), builder.defaultAcl, builder.requestTimeout.toMillis());
        keeper.start();
    }

    /**
     * Begins to describe a client.
     *
     * @param servers {@code host:port,host:port/chroot}; the ports and the chroot may be left out
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    public static PandoBuilder connect(String servers) {
        return connect(ServerList.parse(servers));
    }

    /** Begins to describe a client of servers whose text was read already. */
    public static PandoBuilder connect(ServerList servers) {
        return new PandoBuilder(servers);
    }

    // ---- reads

    /** A znode's data and stat. */
    public GetData getData(String path) {
        return new GetData(caller, path);
    }

    /** A znode's stat, or that there is no such znode. */
    public Exists exists(String path) {
        return new Exists(caller, path);
    }

    /** The names of a znode's children, in no order, and its stat. */
    public GetChildren getChildren(String path) {
        return new GetChildren(caller, path);
    }

    /** Who may do what to a znode, and its stat. */
    public Read<AclAndStat> getAcl(String path) {
        return Reads.acl(caller, path);
    }

    /** How many znodes there are below {@code path}, of all generations. Since ZooKeeper 3.6. */
    public Read<Integer> countDescendants(String path) {
        return Reads.countDescendants(caller, path);
    }

    /** The paths of this session's ephemerals that begin with {@code prefix}. Since ZooKeeper 3.6. */
    public Read<List<String>> getEphemerals(String prefix) {
        return Reads.ephemerals(caller, prefix);
    }

    /** The identities of this client at its server. Since ZooKeeper 3.7. */
    public Read<List<ClientInfo>> whoAmI() {
        return Reads.whoAmI(caller);
    }

    /** Several reads of one state of the tree. Since ZooKeeper 3.6. */
    public MultiRead multiRead() {
        return new MultiRead(caller);
    }

    /** The configuration of the ensemble, whatever the chroot. */
    public Read<DataAndStat> getConfig() {
        return Reads.config(caller);
    }

    /** Waits until the server has applied everything that is committed; the result is the path. */
    public Call<String> sync(String path) {
        return Reads.sync(caller, path);
    }

    // ---- writes

    /** Describes a znode to be created. */
    public Create create(String path) {
        return new Create(caller, path);
    }

    /**
     * Describes a znode's new data.
     *
     * @param data null is legal, and not the same as no bytes
     */
    public SetData setData(String path, byte @Nullable [] data) {
        return new SetData(caller, path, data);
    }

    /** Data as UTF-8. */
    public SetData setData(String path, String data) {
        return new SetData(caller, path, data.getBytes(StandardCharsets.UTF_8));
    }

    /** Describes a deletion; a znode with children is not deleted. */
    public Delete delete(String path) {
        return new Delete(caller, path);
    }

    /** Describes a znode's new ACL, of at least one entry. */
    public SetAcl setAcl(String path, List<Acl> acl) {
        return new SetAcl(caller, path, acl);
    }

    /** Several writes of which all or none are carried out. */
    public Transaction transaction() {
        return new Transaction(caller);
    }

    /** Changes which servers make up the ensemble. */
    public Reconfig reconfig() {
        return new Reconfig(caller);
    }

    // ---- watches

    /** Watches a znode, its data and its children's coming and going, until the handle is closed. */
    public Call<Handle> watch(String path, WatchListener listener) {
        return new AddWatch(caller, path, AddWatchMode.PERSISTENT, listener);
    }

    /** Watches a znode and all below it, until the handle is closed: creations, changes of data, and deletions. */
    public Call<Handle> watchRecursively(String path, WatchListener listener) {
        return new AddWatch(caller, path, AddWatchMode.PERSISTENT_RECURSIVE, listener);
    }

    /** Describes what is to be kept in sight, so that no znode's latest state is missed or told twice. */
    public Follow follow(String path) {
        return new Follow(caller, path);
    }

    // ---- the session

    /**
     * Introduces this client to its server, and to each one it will connect to. Counts for requests made after this call.
     *
     * @return completes on the callback thread; fails with an {@link AuthFailedException} when the server refuses, which then also
     *     ends the connection. The client goes on without the identity
     */
    public CompletableFuture<Void> addAuth(String scheme, byte[] auth) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        keeper.introduce(new Identity(scheme, auth.clone()))
                .thenAccept(err -> callbacks.execute("addAuth", () -> {
                    if (err == 0) {
                        told.complete(null);
                    } else if (err == ErrorCode.CLOSING.code()) {
                        told.completeExceptionally(new ClosedException("addAuth", ""));
                    } else {
                        told.completeExceptionally(new AuthFailedException("addAuth", ""));
                    }
                }));
        return told;
    }

    /** The session in force, or the last one as long as nobody says that it is lost; empty when there is none. */
    public Optional<Session> session() {
        return Optional.ofNullable(keeper.session());
    }

    /**
     * How long the session in force is sure to live on: its timeout, less the time since the last request was sent that was answered. Zero
     * or negative when others may have seen it end, or there is none. Reckoned when it is asked for, so that it is true also right after
     * the process stood still, when no event tells of that yet. It may rise at any time, with the next answer.
     */
    public Duration sessionLeft() {
        return Duration.ofNanos(keeper.sessionLeftNanos());
    }

    /** Where the client stands right now. */
    public ConnectionState state() {
        return keeper.state();
    }

    /**
     * Is told of everything that happens to the connection and the session from now on, on the callback thread.
     *
     * @return ends that
     */
    public Handle listen(Consumer<ConnectionEvent> listener) {
        Listening listening = new Listening(listener);
        listeners.add(listening);
        return listening;
    }

    /**
     * Waits until there is a session and a connection.
     *
     * @throws NoServerException when there is none in time; it says what came of each server that was tried
     * @throws ClosedException when the client is closed meanwhile
     */
    public Session awaitConnected(Duration atMost) throws InterruptedException {
        CompletableFuture<Session> connected = keeper.connected();
        try {
            return connected.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            connected.cancel(false);
            throw new NoServerException(atMost, keeper.tried());
        } catch (CancellationException | ExecutionException closed) {
            throw new ClosedException("connect", "");
        }
    }

    /**
     * Ends the session, and with it its ephemerals, and closes the client. Waits for the server's word, for at most the close timeout;
     * without it the session ends by its timeout. Requests that are under way are answered first, those that wait are refused.
     */
    @Override
    public void close() {
        close(true);
    }

    /**
     * Closes the client and leaves the session to whoever {@linkplain PandoBuilder#takeOver takes it over} within its timeout.
     *
     * @return the session, or empty when there is none
     */
    public Optional<Session> detach() {
        Optional<Session> left = session();
        close(false);
        return left;
    }

    private void close(boolean endSession) {
        keeper.close(endSession).join();
        if (lease != null) {
            callbacks.execute("close", lease::close);
        }
    }

    private void tell(ConnectionEvent event) {
        for (Listening each : listeners) {
            callbacks.guarded(each.listener, () -> each.listener.accept(event));
        }
    }

    /** One wish to be told; the same listener may have several. */
    private final class Listening implements Handle {
        private final Consumer<ConnectionEvent> listener;

        Listening(Consumer<ConnectionEvent> listener) {
            this.listener = listener;
        }

        @Override
        public void close() {
            listeners.remove(this);
        }
    }

    @Override
    public String toString() {
        return "Pando[" + state() + ", session "
                + session().map(Session::toString).orElse("none") + "]";
    }
}
