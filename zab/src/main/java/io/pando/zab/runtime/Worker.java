package io.pando.zab.runtime;

import java.util.concurrent.Executor;

/** Does what it is given, one after another in that order, while whoever gives goes on. */
public interface Worker extends Executor, AutoCloseable {

    /** Takes nothing more; returns when all that it was given is done. */
    @Override
    void close();
}
