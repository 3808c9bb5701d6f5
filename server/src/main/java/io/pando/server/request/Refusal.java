package io.pando.server.request;

import io.pando.datatree.ErrorCode;
import io.pando.datatree.Tree;
import io.pando.datatree.Znode;

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

    /** The znode that a request is about; throws if there is none. */
    static Znode existing(Tree tree, String path) throws Refusal {
        Znode node = tree.find(path);
        if (node == null) {
            throw new Refusal(ErrorCode.NO_NODE);
        }
        return node;
    }
}
