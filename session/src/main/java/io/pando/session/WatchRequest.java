package io.pando.session;

import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import java.util.List;

/** Requests about the watches of the connection they arrive on, and about nothing else. */
public sealed interface WatchRequest extends Request {

    /**
     * Sets watches again after a reconnect, and asks what was missed: type 101, or 105 when some are persistent.
     *
     * @param relativeZxid the last one that the client saw
     * @param recursive paths of the persistent watches that hold for everything below them
     */
    record SetWatches(
            long relativeZxid,
            List<String> data,
            List<String> exist,
            List<String> child,
            List<String> persistent,
            List<String> recursive)
            implements WatchRequest {
        static SetWatches read(WireReader in) throws MarshallingException {
            return new SetWatches(
                    in.readLong(), in.readStrings(), in.readStrings(), in.readStrings(), List.of(), List.of());
        }

        static SetWatches readWithPersistent(WireReader in) throws MarshallingException {
            return new SetWatches(
                    in.readLong(),
                    in.readStrings(),
                    in.readStrings(),
                    in.readStrings(),
                    in.readStrings(),
                    in.readStrings());
        }

        @Override
        public OpCode op() {
            return persistent.isEmpty() && recursive.isEmpty() ? OpCode.SET_WATCHES : OpCode.SET_WATCHES2;
        }

        @Override
        public void write(WireWriter out) {
            out.writeLong(relativeZxid);
            out.writeStrings(data);
            out.writeStrings(exist);
            out.writeStrings(child);
            if (op() == OpCode.SET_WATCHES2) {
                out.writeStrings(persistent);
                out.writeStrings(recursive);
            }
        }
    }

    record AddWatch(String path, AddWatchMode mode) implements WatchRequest {
        static AddWatch read(WireReader in) throws MarshallingException {
            return new AddWatch(in.readString(), AddWatchMode.of(in.readInt()));
        }

        @Override
        public OpCode op() {
            return OpCode.ADD_WATCH;
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(path);
            out.writeInt(mode.number());
        }
    }

    record RemoveWatches(String path, WatcherType type) implements WatchRequest {
        static RemoveWatches read(WireReader in) throws MarshallingException {
            return new RemoveWatches(in.readString(), WatcherType.of(in.readInt()));
        }

        @Override
        public OpCode op() {
            return OpCode.REMOVE_WATCHES;
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(path);
            out.writeInt(type.number());
        }
    }

    /** Asks whether there is such a watch, and removes nothing. */
    record CheckWatches(String path, WatcherType type) implements WatchRequest {
        static CheckWatches read(WireReader in) throws MarshallingException {
            return new CheckWatches(in.readString(), WatcherType.of(in.readInt()));
        }

        @Override
        public OpCode op() {
            return OpCode.CHECK_WATCHES;
        }

        @Override
        public void write(WireWriter out) {
            out.writeString(path);
            out.writeInt(type.number());
        }
    }
}
