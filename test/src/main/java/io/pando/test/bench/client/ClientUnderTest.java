package io.pando.test.bench.client;

/** One session, held through a client library in the way that its documentation shows. */
interface ClientUnderTest extends AutoCloseable {
    /** Reads data without waiting. */
    void get(String path, Answered answered) throws Exception;

    /** Sets data without waiting. */
    void set(String path, byte[] data, Answered answered) throws Exception;

    /** Reads data with the library's own waiting call, which throws when it fails. */
    void getNow(String path) throws Exception;

    /** Sets data with the library's own waiting call, which throws when it fails. */
    void setNow(String path, byte[] data) throws Exception;

    /** Ends the session. */
    @Override
    void close();

    /** Is told of the answer on whatever thread the library calls back. */
    @FunctionalInterface
    interface Answered {
        void with(boolean good);
    }
}
