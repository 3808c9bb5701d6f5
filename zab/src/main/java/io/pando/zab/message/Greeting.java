package io.pando.zab.message;

import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What both ends of a new connection say first, before anything else is believed:
 * {@code u32 length | u64 magic | u32 version | u8 purpose | i64 to | cluster id | i64 server id | data id | i64 incarnation |
 * u32 record bytes}, and {@code u8 count} of the members that the configuration lists, each as {@code i64 server id | u32 checksum}.
 *
 * @param purpose which of a member's two ports was meant
 * @param to the server that is thought to be at the other end
 * @param hello who is at this end
 */
public record Greeting(Purpose purpose, long to, Hello hello) {

    /** What a connection is for. */
    public enum Purpose {
        MESSAGES(1),
        SNAPSHOTS(2);

        private final byte code;

        Purpose(int code) {
            this.code = (byte) code;
        }
    }

    /** Of the protocol between servers: raised when an older server would misunderstand a newer one. */
    public static final int VERSION = 3;

    private static final long MAGIC = 0x50_61_6e_64_6f_5a_61_62L; // "PandoZab"
    private static final int MAGIC_AND_VERSION_BYTES = Long.BYTES + Integer.BYTES;
    private static final int FIELD_BYTES = 1 + 7 * Long.BYTES + Integer.BYTES + 1;
    private static final int LISTED_BYTES = Long.BYTES + Integer.BYTES;
    // A later version may say more: it should be refused for its version, not for its length.
    private static final int MAX_BYTES = 4096;

    /** With its length in front. */
    public ByteBuffer encode() {
        SortedMap<Long, Integer> listed = hello.listed().checksums();
        int lengthBytes = MAGIC_AND_VERSION_BYTES + FIELD_BYTES + listed.size() * LISTED_BYTES;
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + lengthBytes);
        out.putInt(lengthBytes).putLong(MAGIC).putInt(VERSION).put(purpose.code).putLong(to);
        out.putLong(hello.clusterId().getMostSignificantBits());
        out.putLong(hello.clusterId().getLeastSignificantBits());
        out.putLong(hello.serverId());
        out.putLong(hello.dataId().getMostSignificantBits());
        out.putLong(hello.dataId().getLeastSignificantBits());
        out.putLong(hello.incarnation()).putInt(hello.recordBytes()).put((byte) listed.size());
        listed.forEach((id, checksum) -> out.putLong(id).putInt(checksum));
        return out.flip();
    }

    /** Refuses a length that no greeting has, of whatever version. */
    public static void checkLength(int lengthBytes) throws MalformedMessageException {
        if (lengthBytes < MAGIC_AND_VERSION_BYTES || lengthBytes > MAX_BYTES) {
            throw new MalformedMessageException("No server of Pando: it begins with a length of " + lengthBytes);
        }
    }

    /**
     * Reads what follows the length, position to limit.
     *
     * @throws MalformedMessageException if it is not a greeting of this version
     */
    public static Greeting decode(ByteBuffer in) throws MalformedMessageException {
        checkLength(in.remaining());
        if (in.getLong() != MAGIC) {
            throw new MalformedMessageException("No server of Pando: its first bytes are something else");
        }
        int version = in.getInt();
        if (version != VERSION) {
            throw new MalformedMessageException(
                    "It speaks version " + version + " of the protocol between servers, this server " + VERSION);
        }
        int listed = in.remaining() < FIELD_BYTES ? 0 : Byte.toUnsignedInt(in.get(in.position() + FIELD_BYTES - 1));
        if (in.remaining() != FIELD_BYTES + listed * LISTED_BYTES) {
            throw new MalformedMessageException("A greeting with " + in.remaining() + " bytes of fields");
        }
        Purpose purpose = purpose(in.get());
        long to = in.getLong();
        UUID clusterId = new UUID(in.getLong(), in.getLong());
        long serverId = in.getLong();
        UUID dataId = new UUID(in.getLong(), in.getLong());
        long incarnation = in.getLong();
        int recordBytes = in.getInt();
        return new Greeting(purpose, to, new Hello(clusterId, serverId, dataId, incarnation, recordBytes, listed(in)));
    }

    private static ListedMembers listed(ByteBuffer in) {
        SortedMap<Long, Integer> checksums = new TreeMap<>();
        for (int left = Byte.toUnsignedInt(in.get()); left > 0; left--) {
            checksums.put(in.getLong(), in.getInt());
        }
        return new ListedMembers(checksums);
    }

    private static Purpose purpose(byte code) throws MalformedMessageException {
        for (Purpose purpose : Purpose.values()) {
            if (purpose.code == code) {
                return purpose;
            }
        }
        throw new MalformedMessageException("No connection is for purpose " + code);
    }
}
