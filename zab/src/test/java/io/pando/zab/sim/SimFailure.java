package io.pando.zab.sim;

/** Something that must always hold did not. */
final class SimFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    SimFailure(String what) {
        super(what);
    }

    SimFailure(String what, Throwable cause) {
        super(what, cause);
    }
}
