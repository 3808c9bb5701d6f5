package io.pando.test.torture;

import io.pando.test.recipes.faults.Role;
import java.io.IOException;
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

    @Override
    public final void close() {
        session.close();
    }
}
