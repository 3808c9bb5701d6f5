package io.pando.server.request;

import io.pando.datatree.ErrorCode;
import io.pando.datatree.Znode;
import org.jspecify.annotations.Nullable;

/** A request breaks a rule. Thrown for every refused write, so without a stack trace. */
public final class Refusal extends Exception {
    private final ErrorCode code;

    public Refusal(ErrorCode code) {
        super(code.name(), null, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** Throws unless the rule holds. */
    static void unless(boolean holds, ErrorCode code) throws Refusal {
        if (!holds) {
            throw new Refusal(code);
        }
    }

    /** The znode that was found; throws if there is none. */
    static Znode existing(@Nullable Znode found) throws Refusal {
        if (found == null) {
            throw new Refusal(ErrorCode.NO_NODE);
        }
        return found;
    }
}
