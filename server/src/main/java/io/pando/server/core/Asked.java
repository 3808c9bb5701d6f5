package io.pando.server.core;

import io.pando.session.WriteRequest;
import org.jspecify.annotations.Nullable;

/** One thing that a client has asked for, from its arrival to its answer. Core thread. */
final class Asked {
    final long request;
    final Client client;
    final Ask ask;
    private int admittedBytes;

    /** It may leave: nothing that its client has asked for before stands in its way. */
    boolean letGo;

    /** It has left this server for the leader, or is proposed: without its leader, nobody knows what becomes of it. */
    boolean underway;

    /** Its client is gone, and nobody has to be told. */
    boolean abandoned;

    private boolean done;
    private @Nullable Outbound answer;

    /** @param admittedBytes to be released when it is settled */
    Asked(long request, Client client, Ask ask, int admittedBytes) {
        this.request = request;
        this.client = client;
        this.ask = ask;
        this.admittedBytes = admittedBytes;
    }

    /** The write that it asks for; null if it is something else. */
    @Nullable
    WriteRequest write() {
        return ask instanceof Ask.Write write ? write.request() : null;
    }

    /** What is to be released, once: nothing is left afterwards. */
    int takeAdmittedBytes() {
        int bytes = admittedBytes;
        admittedBytes = 0;
        return bytes;
    }

    /**
     * Settles it.
     *
     * @param outcome null if the client has been told already
     */
    void settle(@Nullable Outbound outcome) {
        done = true;
        answer = outcome;
    }

    boolean isDone() {
        return done;
    }

    @Nullable
    Outbound answer() {
        return answer;
    }
}
