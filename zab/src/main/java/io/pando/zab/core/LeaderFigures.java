package io.pando.zab.core;

/**
 * Whom a leader leads and what it has not answered yet.
 *
 * @param learners all that are connected, in whatever state
 * @param followers those of them that are participants
 * @param syncedFollowers followers that are up to date, and whose voices count
 * @param syncedNonVoters followers that are up to date and have no voice, because they have lost their data directories
 * @param syncedObservers the others that are up to date: observers, and servers that are no members
 * @param barriers not confirmed by a quorum yet
 */
public record LeaderFigures(
        int learners, int followers, int syncedFollowers, int syncedNonVoters, int syncedObservers, int barriers) {

    /** Of a server that does not lead. */
    public static final LeaderFigures NONE = new LeaderFigures(0, 0, 0, 0, 0, 0);
}
