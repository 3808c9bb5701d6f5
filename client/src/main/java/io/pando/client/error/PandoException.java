package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/**
 * A request that did not succeed. Its subtypes say why; {@link #retry()} says what asking again would mean. Blocking calls throw
 * it, and futures complete with it. Immutable.
 */
public abstract class PandoException extends RuntimeException {
    private final String operation;
    private final String path;
    private final ErrorCode code;
    private final Retry retry;

    /**
     * A failure of one request.
     *
     * @param operation what was asked, in ZooKeeper's words: {@code create}, {@code getData}, …
     * @param path of the znode as the caller named it; empty where there is none
     * @param code the protocol's word for the failure, also for failures that only a client can notice
     */
    protected PandoException(String operation, String path, ErrorCode code, Retry retry, String message) {
        super(describe(operation, path) + ": " + message);
        this.operation = operation;
        this.path = path;
        this.code = code;
        this.retry = retry;
    }

    private static String describe(String operation, String path) {
        return path.isEmpty() ? operation : operation + " " + path;
    }

    /** What was asked, in ZooKeeper's words. */
    public String operation() {
        return operation;
    }

    /** The znode, as the caller named it: below the chroot. Empty where the request has none. */
    public String path() {
        return path;
    }

    /** The protocol's word for it. */
    public ErrorCode code() {
        return code;
    }

    /** What asking again would mean. */
    public Retry retry() {
        return retry;
    }
}
