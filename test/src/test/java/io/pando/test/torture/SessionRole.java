package io.pando.test.torture;

import io.pando.test.recipes.faults.Role;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;

/** A role for which one session of Apache's client is needed at a time. */
abstract class SessionRole extends Role {
    private final Session session;

    SessionRole(String name, Session session) {
        super(name);
        this.session = session;
    }

    /** A client that is connected now; another than before if the session has ended. */
    final ZooKeeper connected() throws IOException, InterruptedException {
        return session.connected();
    }

    /** What is read after this is not older. */
    static void sync(ZooKeeper client, String path) throws KeeperException, InterruptedException {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        client.sync(path, (code, of, context) -> done.complete(code), null);
        answerTo(path, done);
    }

    /** Waits until an asynchronous call is answered. */
    static void answerTo(String path, CompletableFuture<Integer> done) throws KeeperException, InterruptedException {
        try {
            Code code = Code.get(done.get());
            if (code != Code.OK) throw KeeperException.create(code, path);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Nobody completes it with a failure", e);
        }
    }

    @Override
    public final void close() {
        session.close();
    }
}
