package io.pando.server.core;

/**
 * Has what reaches the core handled: event by event, and a turn ended behind each batch of them. {@link CoreThread} is the one of
 * production.
 */
public interface CoreLoop<E> {

    /** From now on events are handled; those that were offered before come first. */
    void start();

    /** Puts an event behind all others; false if there is no room for it. Any thread. */
    boolean offer(E event);

    /** Ends when everything that was offered is handled. */
    void stop();

    /** Ends behind the event that is being handled; what was offered besides is not handled any more. */
    void halt();
}
