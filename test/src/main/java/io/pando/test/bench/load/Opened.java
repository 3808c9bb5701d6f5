package io.pando.test.bench.load;

import java.util.List;

/** Connections that were opened together, and are closed together. Lives on the load thread. */
interface Opened extends AutoCloseable {
    List<Connection> connections();

    @Override
    void close();
}
