package io.pando.zab.sim;

/** Something that must always hold did not. */
public final class SimFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SimFailure(String what) {
        super(what);
    }

    public SimFailure(String what, Throwable cause) {
        super(what, cause);
    }
}
