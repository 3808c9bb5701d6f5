package io.pando.zab.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How memberships travel in the history: in a CONFIG record, and the first of all in the marker of the first epoch. */
public final class MembershipRecords {

    private MembershipRecords() {}

    public static ByteBuffer payload(Membership membership) {
        return ByteBuffer.wrap(membership.text().getBytes(StandardCharsets.UTF_8));
    }

    /** The membership that a record names, or null if it names none. Leaves the payload as it was. */
    public static @Nullable Membership named(long zxid, RecordType type, ByteBuffer payload) {
        boolean names = type == RecordType.CONFIG || (type == RecordType.MARKER && payload.hasRemaining());
        return names
                ? Membership.parse(
                        zxid, StandardCharsets.UTF_8.decode(payload.duplicate()).toString())
                : null;
    }

    /** The payload of an ACTIVATE record: the version of the membership that is in force from there on. */
    public static ByteBuffer activation(long version) {
        return ByteBuffer.allocate(Long.BYTES).putLong(0, version);
    }
}
