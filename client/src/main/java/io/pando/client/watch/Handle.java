package io.pando.client.watch;

/** Something that goes on until it is closed. */
@FunctionalInterface
public interface Handle extends AutoCloseable {
    /** Ends it; nobody is called back any more, but for a call that is under way. More than once does nothing. */
    @Override
    void close();
}
