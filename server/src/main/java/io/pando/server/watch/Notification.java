package io.pando.server.watch;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.pando.session.EventType;
import io.pando.session.WatchEvent;
import io.pando.session.wire.WireWriter;

/**
 * What a client is told: made and encoded once for all that are told the same, however many these are. Immutable.
 */
public final class Notification {
    /** The zxid of events that no single transaction caused: those a reconnecting client is caught up with. */
    public static final long NO_ZXID = -1;

    private static final int USUAL_BYTES = 128;

    private final long zxid;
    private final WatchEvent event;
    private final byte[] frame;

    /** @param zxid the transaction that caused it, or {@link #NO_ZXID} */
    public Notification(EventType type, String path, long zxid) {
        this.zxid = zxid;
        this.event = WatchEvent.of(type, path);
        this.frame = frameOf(event, zxid);
    }

    private static byte[] frameOf(WatchEvent event, long zxid) {
        ByteBuf bytes = Unpooled.buffer(USUAL_BYTES);
        event.writeFrame(zxid, new WireWriter(bytes));
        return ByteBufUtil.getBytes(bytes);
    }

    public long zxid() {
        return zxid;
    }

    public WatchEvent event() {
        return event;
    }

    /** How long the whole frame is. */
    public int frameBytes() {
        return frame.length;
    }

    /** Adds the whole frame to what goes out to one client. */
    public void writeFrame(ByteBuf out) {
        out.writeBytes(frame);
    }
}
