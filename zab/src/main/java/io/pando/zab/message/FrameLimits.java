package io.pando.zab.message;

/**
 * How long what a peer sends may be: checked against the length that a frame claims, before any memory is set aside for it.
 *
 * @param batchBytes of records that are sent together
 * @param recordBytes of a single request of a client, and so of a record, which may be longer than that; what else is in a record fits
 *     into the room for a batch
 */
public record FrameLimits(int batchBytes, int recordBytes) {
    private static final int MIB = 1024 * 1024;

    /** For everything in a message that is not a record; the longest is a membership or a table of epochs. */
    private static final int REST_BYTES = 64 * 1024;

    /** The same for all servers whose clients may ask for less than that: these may differ, and change one after the other. */
    private static final int USUAL_RECORD_BYTES = 64 * MIB;

    public static final FrameLimits DEFAULT = new FrameLimits(4 * MIB, USUAL_RECORD_BYTES);

    public FrameLimits {
        if (batchBytes < 1 || recordBytes < 1 || (long) batchBytes + recordBytes + REST_BYTES > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException(
                    "Frames of batches of " + batchBytes + " bytes and records of " + recordBytes + " bytes");
        }
    }

    /**
     * For servers whose clients send requests of up to so many bytes.
     *
     * @throws IllegalArgumentException for half a GiB and more
     */
    public static FrameLimits forRequestsOf(int bytes) {
        return new FrameLimits(DEFAULT.batchBytes, Math.max(DEFAULT.recordBytes, bytes));
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
