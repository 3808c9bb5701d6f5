package io.pando.client.shell;

import io.pando.datatree.ErrorCode;
import io.pando.datatree.ZnodePath;
import org.jspecify.annotations.Nullable;

/** Why a server said no to something about a path, and what might help, as a sentence. */
final class Explanation {
    private Explanation() {}

    /** As {@link #of}, but of a znode that was to be created: what is missing then is its parent. */
    static String ofCreate(@Nullable ErrorCode code, String path) {
        return code == ErrorCode.NO_NODE
                ? ZnodePath.parentOf(path) + " does not exist; create it before " + path + "."
                : of(code, path);
    }

    static String of(@Nullable ErrorCode code, String path) {
        if (code == null) {
            return path + ": the server answered with an error that this shell doesn't know.";
        }
        return switch (code) {
            case NO_NODE -> path + " does not exist.";
            case NODE_EXISTS -> path + " exists already.";
            case NOT_EMPTY -> path + " has children; delete them first.";
            case BAD_VERSION -> path + " has another version by now; see it with stat.";
            case NO_AUTH -> "The ACL of " + path + " (or of its parent) does not allow it.";
            case NO_CHILDREN_FOR_EPHEMERALS ->
                path + " would be the child of an ephemeral znode, which can't have any.";
            case BAD_ARGUMENTS -> path + " can't be used so; it may be reserved, or the time to live out of range.";
            case INVALID_ACL -> "The ACL for " + path + " is not valid.";
            case QUOTA_EXCEEDED -> path + " is under a quota that this would exceed.";
            case UNIMPLEMENTED -> path + ": the server doesn't offer this (TTL znodes have to be enabled).";
            case NOT_READ_ONLY -> path + ": the server only reads at the moment.";
            case SESSION_EXPIRED, UNKNOWN_SESSION -> path + ": the session has expired.";
            case SESSION_CLOSED_REQUIRE_SASL_AUTH -> path + ": the server demands authentication.";
            case THROTTLED_OP -> path + ": the server is overloaded and did not do it; try again.";
            default -> path + ": the server answered " + code + ".";
        };
    }
}
