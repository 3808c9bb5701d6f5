package io.pando.zab.transport;

import java.util.concurrent.atomic.LongAdder;

/** Counts for {@link TransportFigures}; written by the core thread and the event loop, read by any. */
final class Counters {
    final LongAdder linksUp = new LongAdder();
    final LongAdder linksDown = new LongAdder();
    final LongAdder messagesSent = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    final LongAdder messagesReceived = new LongAdder();
    final LongAdder bytesReceived = new LongAdder();
    final LongAdder messagesDropped = new LongAdder();
    final LongAdder linksOverflowed = new LongAdder();
    final LongAdder framesMalformed = new LongAdder();
    final LongAdder connectionsRefused = new LongAdder();
    final LongAdder dialsFailed = new LongAdder();

    TransportFigures figures() {
        return new TransportFigures(
                linksUp.sum(),
                linksDown.sum(),
                messagesSent.sum(),
                bytesSent.sum(),
                messagesReceived.sum(),
                bytesReceived.sum(),
                messagesDropped.sum(),
                linksOverflowed.sum(),
                framesMalformed.sum(),
                connectionsRefused.sum(),
                dialsFailed.sum());
    }
}
