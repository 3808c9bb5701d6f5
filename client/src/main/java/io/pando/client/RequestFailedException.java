package io.pando.client;

import io.pando.datatree.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A server has understood a request and said no. Nothing was changed by it. */
public final class RequestFailedException extends Exception {
    private final int number;

    RequestFailedException(int number) {
        super("The server answered with error " + number
                + (ErrorCode.of(number) == null ? "" : ", " + ErrorCode.of(number)));
        this.number = number;
    }

    /** Why; null for a number that this client does not know. */
    public @Nullable ErrorCode code() {
        return ErrorCode.of(number);
    }
}
