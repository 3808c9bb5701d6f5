package io.pando.session;

import io.pando.datatree.Acl;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests that become a transaction: they go to the core, and their answer waits for the commit. */
public sealed interface WriteRequest extends Request {

    /** What a multi may consist of. */
    sealed interface Part extends WriteRequest permits Create, Delete, SetData, Check {
        /** Reads a part of the multi that {@code in} holds. */
        static Part read(@Nullable OpCode op, WireReader in) throws MarshallingException {
            if (op == null) {
                throw new MarshallingException("An unknown type inside a multi");
            }
            return switch (op) {
                case CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL ->
                    Create.read(op, in).asPart();
                case DELETE -> Delete.read(in);
                case SET_DATA -> SetData.read(in);
                case CHECK -> Check.read(in);
                default -> throw new MarshallingException(op + " inside a multi");
            };
        }
    }

    /**
     * Types 1, 15, 19 and 21, which differ in what they answer and, 21, in having a time to live.
     *
     * @param data null is legal and stays null
     * @param acl null, like an entry that is null, is an invalid ACL, not an unreadable one
     * @param flags the number of a {@link io.pando.datatree.CreateMode}, or one that there is not
     * @param ttl in ms; {@link #NO_TTL} in types other than 21
     */
    @SuppressWarnings("ArrayRecordComponent") // Messages are read and written, never compared.
    record Create(
            OpCode op,
            String path,
            byte @Nullable [] data,
            @Nullable List<@Nullable Acl> acl,
            int flags,
            long ttl) implements Part {
        public static final long NO_TTL = -1;

        private static final int CONTAINER_FLAG = 4;

        public static Create of(
                OpCode op, String path, byte @Nullable [] data, @Nullable List<@Nullable Acl> acl, int flags) {
            return new Create(op, path, data, acl, flags, NO_TTL);
        }

        static Create read(OpCode op, WireReader in) throws MarshallingException {
            return new Create(
                    op,
                    in.readString(),
                    in.readBuffer(),
                    in.readAcls(),
                    in.readInt(),
                    op == OpCode.CREATE_TTL ? in.readLong() : NO_TTL);
        }

        /** Bad flags spoil a whole multi, where alone they are bad arguments. */
        private Create asPart() throws MarshallingException {
            if (op != OpCode.CREATE_TTL && (flags < 0 || flags > CONTAINER_FLAG)) {
                throw new MarshallingException("Create flags " + flags + " inside a multi");
            }
            return this;
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(path);
            out.writeBuffer(data);
            out.writeAcls(acl);
            out.writeInt(flags);
            if (op == OpCode.CREATE_TTL) {
                out.writeLong(ttl);
            }
        }
    }

    /**
     * Ends a znode that has no children.
     *
     * @param version -1 matches any
     */
    record Delete(String path, int version) implements Part {
        static Delete read(WireReader in) throws MarshallingException {
            return new Delete(in.readString(), in.readInt());
        }

        @Override
        public OpCode op() {
            return OpCode.DELETE;
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(path);
            out.writeInt(version);
        }
    }

    /**
     * Gives a znode other data.
     *
     * @param data null is legal and stays null
     * @param version -1 matches any
     */
    @SuppressWarnings("ArrayRecordComponent") // Messages are read and written, never compared.
    record SetData(String path, byte @Nullable [] data, int version) implements Part {
        static SetData read(WireReader in) throws MarshallingException {
            return new SetData(in.readString(), in.readBuffer(), in.readInt());
        }

        @Override
        public OpCode op() {
            return OpCode.SET_DATA;
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(path);
            out.writeBuffer(data);
            out.writeInt(version);
        }
    }

    /** Writes nothing, but lets a multi fail. Nothing on its own. */
    record Check(String path, int version) implements Part {
        static Check read(WireReader in) throws MarshallingException {
            return new Check(in.readString(), in.readInt());
        }

        @Override
        public OpCode op() {
            return OpCode.CHECK;
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(path);
            out.writeInt(version);
        }
    }

    /**
     * Gives a znode another ACL.
     *
     * @param acl as in {@link Create}
     * @param version compared with how often the ACL changed, not the data; -1 matches any
     */
    record SetAcl(String path, @Nullable List<@Nullable Acl> acl, int version) implements WriteRequest {
        static SetAcl read(WireReader in) throws MarshallingException {
            return new SetAcl(in.readString(), in.readAcls(), in.readInt());
        }

        @Override
        public OpCode op() {
            return OpCode.SET_ACL;
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(path);
            out.writeAcls(acl);
            out.writeInt(version);
        }
    }

    /** All of its parts or none. */
    record Multi(List<Part> parts) implements WriteRequest {
        static Multi read(WireReader in) throws MarshallingException {
            List<Part> parts = new ArrayList<>();
            for (MultiHeader next = MultiHeader.read(in); !next.done(); next = MultiHeader.read(in)) {
                parts.add(Part.read(next.op(), in));
            }
            return new Multi(parts);
        }

        @Override
        public OpCode op() {
            return OpCode.MULTI;
        }

        @Override
        public void write(WireWriter out) {
            MultiHeader.writeRequests(parts, out);
        }
    }

    /**
     * Changes the ensemble's membership: either {@code joining} and {@code leaving}, or all members anew.
     *
     * @param curConfigId the configuration that this one may follow; -1 is any
     */
    record Reconfig(
            @Nullable String joining,
            @Nullable String leaving,
            @Nullable String newMembers,
            long curConfigId) implements WriteRequest {
        static Reconfig read(WireReader in) throws MarshallingException {
            return new Reconfig(
                    in.readNullableString(), in.readNullableString(), in.readNullableString(), in.readLong());
        }

        @Override
        public OpCode op() {
            return OpCode.RECONFIG;
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(joining);
            out.writeString(leaving);
            out.writeString(newMembers);
            out.writeLong(curConfigId);
        }
    }

    /** Ends the session, and with it its ephemeral znodes. */
    record CloseSession() implements WriteRequest {
        @Override
        public OpCode op() {
            return OpCode.CLOSE_SESSION;
        }

        @Override
        public void write(WireWriter out) {
            // No body.
        }
    }
}
