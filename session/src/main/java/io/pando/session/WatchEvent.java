package io.pando.session;

import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;

/** What a watch tells its client; on the wire it follows a header with {@link Xids#NOTIFICATION}. */
public record WatchEvent(EventType type, KeeperState state, String path) {
    /** Of a change in the tree: the only events that are ever sent. */
    public static WatchEvent of(EventType type, String path) {
        return new WatchEvent(type, KeeperState.SYNC_CONNECTED, path);
    }

    public static WatchEvent read(WireReader in) throws MarshallingException {
        return new WatchEvent(EventType.of(in.readInt()), KeeperState.of(in.readInt()), in.readString());
    }

    public void write(WireWriter out) {
        out.writeInt(type.number());
        out.writeInt(state.number());
        out.writeString(path);
    }

    /**
     * Writes a whole frame: length, header and event.
     *
     * @param zxid of the change; -1 for what {@code setWatches} found out
     */
    public void writeFrame(long zxid, WireWriter out) {
        int frame = out.beginFrame();
        new ReplyHeader(Xids.NOTIFICATION, zxid, 0).write(out);
        write(out);
        out.endFrame(frame);
    }
}
