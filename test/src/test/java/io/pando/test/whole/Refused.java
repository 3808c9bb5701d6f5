package io.pando.test.whole;

import io.pando.datatree.ErrorCode;

/** A rule that a request breaks. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final ErrorCode code;

    Refused(ErrorCode code) {
        super(code.name(), null, false, false);
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }
}
