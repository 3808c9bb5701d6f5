package io.pando.zab.core;

import io.pando.zab.message.Link;
import io.pando.zab.message.Message;

/**
 * What a server does as long as it is what it is: one object per role it takes, made on entry and dropped on exit.
 *
 * <pre>
 *   Looking ──elected itself──▶ Leading ──lost its quorum──▶ Looking
 *      └─────elected another──▶ Following ──lost its leader──▶ Looking
 *   Leading ──handover──▶ Following        Following ──handover──▶ Leading or Following
 * </pre>
 */
sealed interface Role permits Looking, Leading, Following {

    void enter();

    /** Any event is over; time may have passed. */
    void onTurn();

    /** All that has arrived was taken in, and time has passed: whoever has not been heard of was silent. */
    void onTick();

    void onLinkUp(Link link);

    void onLinkDown(Link link);

    void onMessage(Link link, Message message);

    void onPromiseDurable();

    void onLogDurable();

    void onLogRead(Event.LogRead read);

    void onSnapshotFetched(Event.SnapshotFetched fetched);

    void onSnapshotFetchFailed(Event.SnapshotFetchFailed failed);

    void onSnapshotTaken();

    /** What this server's own state machine or operator asks for. */
    void onRequest(Event request);

    RoleView view();

    /** When {@link #onTurn} has to be called at the latest. */
    long deadlineNanos();

    /** The one way from a role to the next. */
    interface Changes {
        void look(String why);

        void lead(String why);

        void follow(long leader, String why);
    }
}
