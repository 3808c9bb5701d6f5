package io.pando.client.error;

import io.pando.datatree.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The server refused with a code that has no type of its own here. Nothing was changed. */
public final class ServerErrorException extends PandoException {
    private final int number;

    public ServerErrorException(String operation, String path, int number) {
        super(operation, path, codeOf(number), Retry.POINTLESS, "the server answered with " + name(number) + ".");
        this.number = number;
    }

    /** The number that was answered, which may be one that this client has no name for. */
    public int number() {
        return number;
    }

    private static ErrorCode codeOf(int number) {
        ErrorCode known = ErrorCode.of(number);
        return known == null ? ErrorCode.SYSTEM_ERROR : known;
    }

    private static String name(int number) {
        @Nullable ErrorCode known = ErrorCode.of(number);
        return known == null ? "error " + number : known + " (" + number + ")";
    }
}
