package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** The one place that knows which exception stands for which code of the protocol. */
public final class Failures {
    private Failures() {}

    /**
     * The exception for an answer with an error.
     *
     * @param number what the server answered, not 0
     */
    public static PandoException of(int number, String operation, String path) {
        ErrorCode code = ErrorCode.of(number);
        if (code == null) {
            return new ServerErrorException(operation, path, number);
        }
        return switch (code) {
            case NO_NODE -> new NoNodeException(operation, path);
            case NODE_EXISTS -> new NodeExistsException(operation, path);
            case BAD_VERSION -> new BadVersionException(operation, path);
            case NOT_EMPTY -> new NotEmptyException(operation, path);
            case NO_CHILDREN_FOR_EPHEMERALS -> new NoChildrenForEphemeralsException(operation, path);
            case NO_AUTH -> new NoAuthException(operation, path);
            case INVALID_ACL -> new InvalidAclException(operation, path);
            case BAD_ARGUMENTS -> new BadArgumentsException(operation, path);
            case AUTH_FAILED -> new AuthFailedException(operation, path);
            case SESSION_CLOSED_REQUIRE_SASL_AUTH -> new AuthRequiredException(operation, path);
            case QUOTA_EXCEEDED -> new QuotaExceededException(operation, path);
            case NOT_READ_ONLY -> new ReadOnlyException(operation, path);
            case THROTTLED_OP -> new ThrottledException(operation, path);
            case NO_WATCHER -> new NoWatcherException(operation, path);
            case UNIMPLEMENTED -> new UnsupportedException(operation, path);
            case SESSION_EXPIRED, UNKNOWN_SESSION, SESSION_MOVED -> new SessionExpiredException(operation, path);
            default -> new ServerErrorException(operation, path, number);
        };
    }
}
