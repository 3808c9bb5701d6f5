package io.pando.session;

import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests that are answered from a published tree, by the server they arrive at. */
public sealed interface ReadRequest extends Request {

    /** What a multiRead may consist of. */
    sealed interface Part extends ReadRequest permits GetData, GetChildren {
        /** Reads a part of the multiRead that {@code in} holds. Its wish to watch is ignored, as in ZooKeeper. */
        static Part read(@Nullable OpCode op, WireReader in) throws MarshallingException {
            if (op == OpCode.GET_DATA) {
                return new GetData(GetData.read(in).path(), false);
            }
            if (op == OpCode.GET_CHILDREN) {
                return new GetChildren(GetChildren.read(in).path(), false);
            }
            throw new MarshallingException((op == null ? "An unknown type" : op) + " inside a multiRead");
        }
    }

    record Exists(String path, boolean watch) implements ReadRequest {
        static Exists read(WireReader in) throws MarshallingException {
            return new Exists(in.readString(), in.readBoolean());
        }

        @Override
        public OpCode op() {
            return OpCode.EXISTS;
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(path);
            out.writeBoolean(watch);
        }
    }

    record GetData(String path, boolean watch) implements Part {
        static GetData read(WireReader in) throws MarshallingException {
            return new GetData(in.readString(), in.readBoolean());
        }

        @Override
        public OpCode op() {
            return OpCode.GET_DATA;
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(path);
            out.writeBoolean(watch);
        }
    }

    record GetAcl(String path) implements ReadRequest {
        static GetAcl read(WireReader in) throws MarshallingException {
            return new GetAcl(in.readString());
        }

        @Override
        public OpCode op() {
            return OpCode.GET_ACL;
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(path);
        }
    }

    record GetChildren(String path, boolean watch) implements Part {
        static GetChildren read(WireReader in) throws MarshallingException {
            return new GetChildren(in.readString(), in.readBoolean());
        }

        @Override
        public OpCode op() {
            return OpCode.GET_CHILDREN;
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(path);
            out.writeBoolean(watch);
        }
    }

    /** As {@link GetChildren}, but answered with the parent's stat as well. */
    record GetChildren2(String path, boolean watch) implements ReadRequest {
        static GetChildren2 read(WireReader in) throws MarshallingException {
            return new GetChildren2(in.readString(), in.readBoolean());
        }

        @Override
        public OpCode op() {
            return OpCode.GET_CHILDREN2;
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(path);
            out.writeBoolean(watch);
        }
    }

    /**
     * The ephemeral znodes of the session that asks.
     *
     * @param prefix of the path as a text; blank for all. Null on the wire means blank
     */
    record GetEphemerals(String prefix) implements ReadRequest {
        static GetEphemerals read(WireReader in) throws MarshallingException {
            String prefix = in.readNullableString();
            return new GetEphemerals(prefix == null ? "" : prefix);
        }

        @Override
        public OpCode op() {
            return OpCode.GET_EPHEMERALS;
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(prefix);
        }
    }

    /** How many descendants there are, of all generations. */
    record GetAllChildrenNumber(String path) implements ReadRequest {
        static GetAllChildrenNumber read(WireReader in) throws MarshallingException {
            return new GetAllChildrenNumber(in.readString());
        }

        @Override
        public OpCode op() {
            return OpCode.GET_ALL_CHILDREN_NUMBER;
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(path);
        }
    }

    /** Several reads of one and the same tree; each succeeds or fails for itself. */
    record MultiRead(List<Part> parts) implements ReadRequest {
        static MultiRead read(WireReader in) throws MarshallingException {
            List<Part> parts = new ArrayList<>();
            for (MultiHeader next = MultiHeader.read(in); !next.done(); next = MultiHeader.read(in)) {
                parts.add(Part.read(next.op(), in));
            }
            return new MultiRead(parts);
        }

        @Override
        public OpCode op() {
            return OpCode.MULTI_READ;
        }

        @Override
        public void write(WireWriter out) {
            MultiHeader.writeRequests(parts, out);
        }
    }
}
