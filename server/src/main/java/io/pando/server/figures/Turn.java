package io.pando.server.figures;

/**
 * What one connection took in and gave out in one turn of its event loop: counted here in plain fields, then added to the
 * connection's and the server's figures at once, so that a pipelined request pays for no atomic operation of its own.
 *
 * <p>Event loop of the connection.
 */
public final class Turn {
    int received;
    long receivedBytes;
    int sent;
    long sentBytes;
    int lastReplyBytes;
    int answered;
    int answeredOnTheSpot;
    int lastOperation;
    int lastXid;
    long lastZxid;
    final Tally readNanos = new Tally();
    final Tally writeNanos = new Tally();
    final Tally replyBytes = new Tally();

    /** A whole frame arrived that will be answered. */
    public void received(int bytes) {
        received++;
        receivedBytes += bytes;
    }

    /** A whole frame, reply or event, is on its way. */
    public void sent(int bytes) {
        sent++;
        sentBytes += bytes;
        lastReplyBytes = bytes;
        replyBytes.record(bytes);
    }

    /** A request was answered in the turn in which it arrived. */
    public void answeredOnTheSpot(int operation, int xid, long zxid) {
        answered(operation, xid, zxid);
        answeredOnTheSpot++;
    }

    /** A read was answered that had waited so long for a write. */
    public void answeredLateRead(int operation, int xid, long zxid, long nanos) {
        answered(operation, xid, zxid);
        readNanos.record(nanos);
    }

    /** A write or sync was answered, so long after it had arrived. */
    public void answeredWrite(int operation, int xid, long zxid, long nanos) {
        answered(operation, xid, zxid);
        writeNanos.record(nanos);
    }

    private void answered(int operation, int xid, long zxid) {
        answered++;
        lastOperation = operation;
        lastXid = xid;
        lastZxid = zxid;
    }

    /** Whether there is anything to add. */
    public boolean isEmpty() {
        return received == 0 && sent == 0;
    }

    /** Adds everything to {@code connection} and {@code server}, and begins anew. */
    public void end(ConnectionFigures connection, ServerFigures server, long startNanos, long nowNanos) {
        readNanos.record(nowNanos - startNanos, answeredOnTheSpot);
        connection.add(this, nowNanos);
        server.add(this);
        received = 0;
        receivedBytes = 0;
        sent = 0;
        sentBytes = 0;
        answered = 0;
        answeredOnTheSpot = 0;
        readNanos.clear();
        writeNanos.clear();
        replyBytes.clear();
    }
}
