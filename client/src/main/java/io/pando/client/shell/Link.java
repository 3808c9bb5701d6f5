package io.pando.client.shell;

import io.netty.handler.ssl.SslContext;
import io.pando.client.Pando;
import io.pando.client.PandoBuilder;
import io.pando.client.ServerList;
import io.pando.client.error.PandoException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The client that commands use: opened when somebody first asks, closed by a command, opened again by another. Used by one thread at a
 * time.
 */
final class Link implements AutoCloseable {
    private final UnaryOperator<PandoBuilder> settings;
    private final @Nullable SslContext tls;
    private final Duration patience;
    private ServerList servers;
    private @Nullable Opened opened;

    /** A client, and the thread on which it tells what happens. */
    private record Opened(Pando pando, ExecutorService telling) {
        void close() {
            pando.close();
            telling.shutdown();
        }
    }

    /**
     * Connects nowhere yet.
     *
     * @param settings all but the servers and the encryption
     * @param tls null for none
     * @param patience how long to look for a server
     */
    Link(ServerList servers, UnaryOperator<PandoBuilder> settings, @Nullable SslContext tls, Duration patience) {
        this.servers = servers;
        this.settings = settings;
        this.tls = tls;
        this.patience = patience;
    }

    /**
     * The client, connected for the first time if it was not yet.
     *
     * @throws UnreachableException when no server takes it in
     */
    Pando pando() throws InterruptedException {
        if (opened == null) {
            opened = open();
        }
        return opened.pando();
    }

    private Opened open() throws InterruptedException {
        ExecutorService telling = Executors.newSingleThreadExecutor(Link::daemon);
        Opened fresh = new Opened(builder().callbackExecutor(telling).open(), telling);
        boolean connected = false;
        try {
            fresh.pando().awaitConnected(patience);
            connected = true;
            return fresh;
        } catch (PandoException nobody) {
            throw new UnreachableException(servers, nobody);
        } finally {
            if (!connected) {
                fresh.close();
            }
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "pando-shell-events");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Waits until everything that the server has told by now has been passed on. Servers tell of a change before they answer who made
     * it, so behind this the events of the shell's own changes are out, and a script's next command finds them told.
     */
    void hearOut() throws InterruptedException {
        if (opened != null) {
            CountDownLatch heard = new CountDownLatch(1);
            opened.telling().execute(heard::countDown);
            heard.await();
        }
    }

    private PandoBuilder builder() {
        PandoBuilder builder = settings.apply(Pando.connect(servers));
        return tls == null ? builder : builder.tls(tls);
    }

    /** What a server says to a four-letter word, or why it says nothing. */
    String ask(ServerList.Server server, String word) {
        return new FourLetterWord(tls).ask(server, word);
    }

    /** The client if there is one. */
    @Nullable
    Pando openOrNull() {
        return opened == null ? null : opened.pando();
    }

    ServerList servers() {
        return servers;
    }

    /** Goes on with other servers, under another session. */
    void moveTo(ServerList others) {
        close();
        servers = others;
    }

    /** Ends the session; whoever asks next begins another. */
    @Override
    public void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }
}
