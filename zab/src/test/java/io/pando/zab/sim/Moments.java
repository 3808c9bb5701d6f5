package io.pando.zab.sim;

import io.pando.zab.core.Effect;
import io.pando.zab.core.Event;
import io.pando.zab.message.Message;
import io.pando.zab.message.Message.SyncMode;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Zxid;

/** Moments that scripts wait for: what an event or an effect is about. */
final class Moments {

    private Moments() {}

    /** A leader writes down the marker of its epoch. */
    static boolean isMarker(Object what) {
        boolean[] marker = {false};
        if (what instanceof Effect.Append append) {
            append.records().forEach((zxid, type, payload) -> marker[0] |= type == RecordType.MARKER);
        }
        return marker[0];
    }

    /** A record arrives at a learner from a leader of a later epoch, with nothing behind it yet. */
    static boolean bringsRecord(Object what, long zxid) {
        return what instanceof Event.Received received
                && received.message() instanceof Message.Append append
                && append.epoch() != Zxid.epoch(zxid)
                && append.records().lastZxid() == zxid
                && !append.records().isEmpty();
    }

    /** A learner is told to fetch a snapshot. */
    static boolean isSentToSnapshot(Object what) {
        return what instanceof Event.Received received
                && received.message() instanceof Message.Sync sync
                && sync.mode() == SyncMode.SNAP;
    }

    static boolean sends(Object what, Class<? extends Message> kind) {
        return what instanceof Effect.Send send && kind.isInstance(send.message());
    }

    static boolean receives(Object what, Class<? extends Message> kind) {
        return what instanceof Event.Received received && kind.isInstance(received.message());
    }
}
