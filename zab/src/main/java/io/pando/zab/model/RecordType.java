package io.pando.zab.model;

import org.jspecify.annotations.Nullable;

/** What a record of the history is. The codes are on disk: they never change. */
public enum RecordType {
    /** Begins an epoch, as {@code (e,0)}; the first of an ensemble carries its first membership. */
    MARKER(1),
    /** A transaction of the state machine; the broadcast never looks into it. */
    TXN(2),
    /** A change of the ensemble's members. */
    CONFIG(3),
    /** Makes a change of members take effect. */
    ACTIVATE(4);

    private static final RecordType[] BY_CODE = {null, MARKER, TXN, CONFIG, ACTIVATE};

    private final byte code;

    RecordType(int code) {
        this.code = (byte) code;
    }

    public byte code() {
        return code;
    }

    /** The type with this code, or null if there is none. */
    public static @Nullable RecordType ofCode(byte code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
