package io.pando.session;

import io.pando.datatree.Acl;
import io.pando.datatree.Stat;
import io.pando.datatree.Znode;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server answers when a request succeeded: one record per shape, for several requests share one; two for the names
 * of children, which a server has in another form than it gives to clients. A failure is
 * said by the code in the {@link ReplyHeader}, and has no body.
 */
public sealed interface Reply {
    /** With its length: for guessing. */
    long USUAL_BYTES_OF_A_NAME = 16;

    void write(WireWriter out);

    /** About how many bytes that writes, if data of znodes or many parts may make it long; 0 for what is short anyway. */
    default long bytesExpected() {
        return 0;
    }

    /** Writes a whole frame: length, header and body. */
    default void writeFrame(int xid, long zxid, WireWriter out) {
        int frame = out.beginFrame();
        new ReplyHeader(xid, zxid, 0).write(out);
        write(out);
        out.endFrame(frame);
    }

    /**
     * Writes the whole frame of a failure.
     *
     * @param err the number of an {@link io.pando.datatree.ErrorCode}
     */
    static void writeFailure(int xid, long zxid, int err, WireWriter out) {
        int frame = out.beginFrame();
        new ReplyHeader(xid, zxid, err).write(out);
        out.endFrame(frame);
    }

    /** Reads what follows a header without an error, in answer to a request of type {@code op}. */
    static Reply read(OpCode op, WireReader in) throws MarshallingException {
        return switch (op) {
            case CREATE, SYNC -> Path.read(in);
            case CREATE2, CREATE_CONTAINER, CREATE_TTL -> PathAndStat.read(in);
            case EXISTS, SET_DATA, SET_ACL -> OnlyStat.read(in);
            case GET_DATA, RECONFIG -> DataAndStat.read(in);
            case GET_ACL -> AclAndStat.read(in);
            case GET_CHILDREN, GET_EPHEMERALS -> Names.read(in);
            case GET_CHILDREN2 -> NamesAndStat.read(in);
            case GET_ALL_CHILDREN_NUMBER -> Count.read(in);
            case MULTI, MULTI_READ -> Results.read(in);
            case ADD_WATCH, ERROR -> Code.read(in);
            case SASL -> Token.read(in);
            case WHO_AM_I -> Identities.read(in);
            case DELETE, CHECK, PING, AUTH, SET_WATCHES, SET_WATCHES2, CHECK_WATCHES, REMOVE_WATCHES, CLOSE_SESSION ->
                new Nothing();
            case CREATE_SESSION, DELETE_CONTAINER, NOTIFICATION ->
                throw new MarshallingException(op + " is not a request that is answered");
        };
    }

    /** Nothing more than a header, to requests that only want something done. */
    record Nothing() implements Reply {
        @Override
        public void write(WireWriter out) {
            // No body.
        }
    }

    /** To create and sync. */
    record Path(String path) implements Reply {
        static Path read(WireReader in) throws MarshallingException {
            return new Path(in.readString());
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(path);
        }
    }

    /** To the other three ways to create. */
    record PathAndStat(String path, Stat stat) implements Reply {
        static PathAndStat read(WireReader in) throws MarshallingException {
            return new PathAndStat(in.readString(), in.readStat());
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(path);
            out.writeStat(stat);
        }
    }

    /** To exists, setData and setACL. */
    record OnlyStat(Stat stat) implements Reply {
        static OnlyStat read(WireReader in) throws MarshallingException {
            return new OnlyStat(in.readStat());
        }

        @Override
        public void write(WireWriter out) {
            out.writeStat(stat);
        }
    }

    /** To getData and reconfig. */
    @SuppressWarnings("ArrayRecordComponent") // Messages are read and written, never compared.
    record DataAndStat(byte @Nullable [] data, Stat stat) implements Reply {
        static DataAndStat read(WireReader in) throws MarshallingException {
            return new DataAndStat(in.readBuffer(), in.readStat());
        }

        @Override
        public long bytesExpected() {
            return data == null ? 0 : data.length;
        }

        @Override
        public void write(WireWriter out) {
            out.writeBuffer(data);
            out.writeStat(stat);
        }
    }

    /** To getACL. */
    record AclAndStat(List<Acl> acl, Stat stat) implements Reply {
        static AclAndStat read(WireReader in) throws MarshallingException {
            return new AclAndStat(withoutNulls(in.readAcls()), in.readStat());
        }

        private static List<Acl> withoutNulls(@Nullable List<@Nullable Acl> acls) throws MarshallingException {
            List<Acl> present = new ArrayList<>();
            for (Acl acl : acls == null ? List.<@Nullable Acl>of() : acls) {
                if (acl == null) {
                    throw new MarshallingException("An ACL without a scheme in a reply");
                }
                present.add(acl);
            }
            return present;
        }

        @Override
        public void write(WireWriter out) {
            out.writeAcls(acl);
            out.writeStat(stat);
        }
    }

    /** To getChildren (names, see {@link Children}) and getEphemerals (paths). */
    record Names(Collection<String> names) implements Reply {
        static Names read(WireReader in) throws MarshallingException {
            return new Names(in.readStrings());
        }

        @Override
        public long bytesExpected() {
            return USUAL_BYTES_OF_A_NAME * names.size();
        }

        @Override
        public void write(WireWriter out) {
            out.writeStrings(names);
        }
    }

    /** To getChildren2; see {@link Children}. */
    record NamesAndStat(Collection<String> names, Stat stat) implements Reply {
        static NamesAndStat read(WireReader in) throws MarshallingException {
            return new NamesAndStat(in.readStrings(), in.readStat());
        }

        @Override
        public long bytesExpected() {
            return USUAL_BYTES_OF_A_NAME * names.size();
        }

        @Override
        public void write(WireWriter out) {
            out.writeStrings(names);
            out.writeStat(stat);
        }
    }

    /**
     * {@link Names} or {@link NamesAndStat}, as a server says them and nobody reads them: the names of the children of
     * {@code parent} go from the tree to the wire as the bytes that they are in both.
     */
    record Children(Znode parent, boolean andStat) implements Reply {
        @Override
        public long bytesExpected() {
            return USUAL_BYTES_OF_A_NAME * parent.childCount();
        }

        @Override
        public void write(WireWriter out) {
            out.writeNames(parent.childCount(), parent.children());
            if (andStat) {
                out.writeStat(parent.stat());
            }
        }
    }

    /** To getAllChildrenNumber. */
    record Count(int total) implements Reply {
        static Count read(WireReader in) throws MarshallingException {
            return new Count(in.readInt());
        }

        @Override
        public void write(WireWriter out) {
            out.writeInt(total);
        }
    }

    /** A code in the body rather than in the header: 0 to addWatch, and the failure of one part of a multi. */
    record Code(int err) implements Reply {
        static Code read(WireReader in) throws MarshallingException {
            return new Code(in.readInt());
        }

        @Override
        public void write(WireWriter out) {
            out.writeInt(err);
        }
    }

    /** To sasl. */
    @SuppressWarnings("ArrayRecordComponent") // Messages are read and written, never compared.
    record Token(byte @Nullable [] token) implements Reply {
        static Token read(WireReader in) throws MarshallingException {
            return new Token(in.readBuffer());
        }

        @Override
        public void write(WireWriter out) {
            out.writeBuffer(token);
        }
    }

    /** To whoAmI. */
    record Identities(List<ClientInfo> identities) implements Reply {
        static Identities read(WireReader in) throws MarshallingException {
            int count = in.readCount(ClientInfo.MIN_BYTES);
            List<ClientInfo> identities = new ArrayList<>(Math.max(count, 0));
            for (int i = 0; i < count; i++) {
                identities.add(ClientInfo.read(in));
            }
            return new Identities(identities);
        }

        @Override
        public void write(WireWriter out) {
            out.writeInt(identities.size());
            for (ClientInfo identity : identities) {
                identity.write(out);
            }
        }
    }

    /** To multi and multiRead. */
    record Results(List<MultiResult> results) implements Reply {
        static Results read(WireReader in) throws MarshallingException {
            List<MultiResult> results = new ArrayList<>();
            for (MultiHeader next = MultiHeader.read(in); !next.done(); next = MultiHeader.read(in)) {
                results.add(MultiResult.read(next, in));
            }
            return new Results(results);
        }

        @Override
        public long bytesExpected() {
            long bytes = 0;
            for (MultiResult result : results) {
                bytes += MultiResult.MOST_BYTES_BESIDES_DATA + result.reply().bytesExpected();
            }
            return bytes;
        }

        @Override
        public void write(WireWriter out) {
            MultiHeader.writeResults(results, out);
        }
    }
}
