package io.pando.datatree;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result codes of the ZooKeeper protocol. A failed write is logged with its code, and codes up to {@link #API_ERROR}
 * speak of the service rather than of the request.
 */
public enum ErrorCode {
    OK(0),
    SYSTEM_ERROR(-1),
    /** An operation of a multi that was not tried, since one before it failed. */
    RUNTIME_INCONSISTENCY(-2),
    DATA_INCONSISTENCY(-3),
    /** Made by client libraries only: the outcome of a request is not known. */
    CONNECTION_LOSS(-4),
    MARSHALLING_ERROR(-5),
    UNIMPLEMENTED(-6),
    /** Made by client libraries only. */
    OPERATION_TIMEOUT(-7),
    BAD_ARGUMENTS(-8),
    /** Made by the C client library only. */
    INVALID_STATE(-9),
    UNKNOWN_SESSION(-12),
    NEW_CONFIG_NO_QUORUM(-13),
    RECONFIG_IN_PROGRESS(-14),
    /** A boundary, not an answer. */
    API_ERROR(-100),
    NO_NODE(-101),
    NO_AUTH(-102),
    BAD_VERSION(-103),
    NO_CHILDREN_FOR_EPHEMERALS(-108),
    NODE_EXISTS(-110),
    NOT_EMPTY(-111),
    SESSION_EXPIRED(-112),
    /** Made by client libraries only. */
    INVALID_CALLBACK(-113),
    INVALID_ACL(-114),
    AUTH_FAILED(-115),
    /** Made by the C client library only. */
    CLOSING(-116),
    /** Made by the C client library only. */
    NOTHING(-117),
    SESSION_MOVED(-118),
    /** A write reached a server that only reads. */
    NOT_READ_ONLY(-119),
    EPHEMERAL_ON_LOCAL_SESSION(-120),
    NO_WATCHER(-121),
    /** Made by client libraries only. */
    REQUEST_TIMEOUT(-122),
    RECONFIG_DISABLED(-123),
    SESSION_CLOSED_REQUIRE_SASL_AUTH(-124),
    QUOTA_EXCEEDED(-125),
    THROTTLED_OP(-127);

    private static final Map<Integer, ErrorCode> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ErrorCode::code, Function.identity()));

    private final int code;

    ErrorCode(int code) {
        this.code = code;
    }

    /** The error of a wire code, or null when the protocol has none of that number. */
    public static @Nullable ErrorCode of(int code) {
        return BY_CODE.get(code);
    }

    public int code() {
        return code;
    }
}
