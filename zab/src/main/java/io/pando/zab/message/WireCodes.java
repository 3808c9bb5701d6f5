package io.pando.zab.message;

import io.pando.zab.message.Message.Refusal;
import io.pando.zab.message.Message.State;
import io.pando.zab.message.Message.SyncMode;

/** The numbers by which enums and booleans go over the wire: given by hand, so that reordering an enum changes nothing. */
final class WireCodes {
    private WireCodes() {}

    static byte of(boolean flag) {
        return (byte) (flag ? 1 : 0);
    }

    static boolean flag(byte code) throws MalformedMessageException {
        return switch (code) {
            case 0 -> false;
            case 1 -> true;
            default -> throw unknown("flag", code);
        };
    }

    static byte of(State state) {
        return switch (state) {
            case LOOKING -> 1;
            case FOLLOWING -> 2;
            case LEADING -> 3;
            case OBSERVING -> 4;
        };
    }

    static State state(byte code) throws MalformedMessageException {
        return switch (code) {
            case 1 -> State.LOOKING;
            case 2 -> State.FOLLOWING;
            case 3 -> State.LEADING;
            case 4 -> State.OBSERVING;
            default -> throw unknown("state", code);
        };
    }

    static byte of(SyncMode mode) {
        return switch (mode) {
            case DIFF -> 1;
            case TRUNC -> 2;
            case SNAP -> 3;
        };
    }

    static SyncMode syncMode(byte code) throws MalformedMessageException {
        return switch (code) {
            case 1 -> SyncMode.DIFF;
            case 2 -> SyncMode.TRUNC;
            case 3 -> SyncMode.SNAP;
            default -> throw unknown("way of synchronisation", code);
        };
    }

    static byte of(Refusal reason) {
        return switch (reason) {
            case NOT_LEADING -> 1;
            case AHEAD -> 2;
        };
    }

    static Refusal refusal(byte code) throws MalformedMessageException {
        return switch (code) {
            case 1 -> Refusal.NOT_LEADING;
            case 2 -> Refusal.AHEAD;
            default -> throw unknown("reason to reject", code);
        };
    }

    private static MalformedMessageException unknown(String what, byte code) {
        return new MalformedMessageException("No " + what + " has the number " + code);
    }
}
