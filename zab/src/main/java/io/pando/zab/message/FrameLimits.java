package io.pando.zab.message;

/**
 * How long what a peer sends may be: checked against the length that a frame claims, before any memory is set aside for it.
 *
 * @param batchBytes of records that are sent together
 * @param recordBytes of a single record, which may be longer than that: as long as a client's request may become
 */
public record FrameLimits(int batchBytes, int recordBytes) {
    private static final int MIB = 1024 * 1024;

    /** For everything in a message that is not a record; the longest is a membership or a table of epochs. */
    private static final int REST_BYTES = 64 * 1024;

    public static final FrameLimits DEFAULT = new FrameLimits(4 * MIB, MIB);

    public FrameLimits {
        if (batchBytes < 1 || recordBytes < 1 || (long) batchBytes + recordBytes + REST_BYTES > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException(
                    "Frames of batches of " + batchBytes + " bytes and records of " + recordBytes + " bytes");
        }
    }

    /** The longest frame, without the length in front of it. */
    public int maxFrameBytes() {
        return batchBytes + recordBytes + REST_BYTES;
    }

    /** Refuses a length that no frame has. */
    public void check(int lengthBytes) throws MalformedMessageException {
        if (lengthBytes < 1 || lengthBytes > maxFrameBytes()) {
            throw new MalformedMessageException(
                    "A frame of " + lengthBytes + " bytes; 1 to " + maxFrameBytes() + " are allowed");
        }
    }
}
