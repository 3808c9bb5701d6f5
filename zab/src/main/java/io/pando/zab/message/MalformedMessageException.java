package io.pando.zab.message;

/** Bytes of a peer that are no message; says what is wrong with them. The link that they came on is of no more use. */
public final class MalformedMessageException extends Exception {

    public MalformedMessageException(String what) {
        super(what);
    }

    MalformedMessageException(String what, Throwable cause) {
        super(what, cause);
    }
}
