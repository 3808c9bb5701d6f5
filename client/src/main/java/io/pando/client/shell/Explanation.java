package io.pando.client.shell;

import io.pando.client.error.PandoException;
import io.pando.client.error.TransactionFailedException;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.ZnodePath;

/** Why a request about a path did not succeed, and what might help, as a sentence. */
final class Explanation {
    private Explanation() {}

    static String of(PandoException failure) {
        if (failure instanceof TransactionFailedException several) {
            return of(several.failure());
        }
        String path = failure.path();
        boolean isCreate = failure.operation().equals("create");
        return switch (failure.code()) {
            case NO_NODE ->
                isCreate
                        ? ZnodePath.parentOf(path) + " does not exist; create it before " + path + "."
                        : path + " does not exist.";
            case NODE_EXISTS -> path + " exists already.";
            case NOT_EMPTY -> path + " has children; delete them first, or all with deleteall.";
            case BAD_VERSION -> path + " has another version by now; see it with stat.";
            case NO_AUTH -> "The ACL of " + path + " (or of its parent) does not allow it; see getAcl and addauth.";
            case NO_CHILDREN_FOR_EPHEMERALS ->
                path + " would be the child of an ephemeral znode, which can't have any.";
            case BAD_ARGUMENTS -> path + " can't be used so; it may be reserved, or the time to live out of range.";
            case INVALID_ACL -> "The ACL for " + path + " is not valid.";
            case QUOTA_EXCEEDED -> path + " is under a quota that this would exceed; see listquota.";
            case UNIMPLEMENTED -> path + ": the server doesn't offer this (TTL znodes have to be enabled).";
            case NOT_READ_ONLY -> path + ": the server only reads at the moment.";
            case THROTTLED_OP -> path + ": the server is overloaded and did not do it; try again.";
            default -> String.valueOf(failure.getMessage());
        };
    }

    /** Whether it was the connection or the session, and not the server's judgement of the request. */
    static boolean isDisconnection(PandoException failure) {
        ErrorCode code = failure.code();
        return code == ErrorCode.CONNECTION_LOSS
                || code == ErrorCode.OPERATION_TIMEOUT
                || code == ErrorCode.REQUEST_TIMEOUT
                || code == ErrorCode.SESSION_EXPIRED
                || code == ErrorCode.CLOSING;
    }
}
