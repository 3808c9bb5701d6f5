package io.pando.zab.sim;

import io.pando.zab.core.CoreConfig;

/**
 * What a script has to know of its world; all the rest of it is drawn from the seed.
 *
 * @param steady links neither break nor dawdle by themselves, because the script needs each message where it is
 * @param slowDisks so that writes queue up
 * @param tailBytes how much of the history a server has in memory; -1 as drawn
 * @param lastCounter an epoch ends with it
 * @param storedDisks the storage of production, over disks that lose, tear and fail; otherwise disks are what their contract says
 */
record Setting(
        int participants,
        int observers,
        boolean steady,
        boolean slowDisks,
        int tailBytes,
        int lastCounter,
        boolean storedDisks) {

    static Setting servers(int participants) {
        return new Setting(participants, 0, false, false, -1, CoreConfig.USUAL_LAST_COUNTER, false);
    }

    Setting andObservers(int count) {
        return new Setting(participants, count, steady, slowDisks, tailBytes, lastCounter, storedDisks);
    }

    Setting onSteadyLinks() {
        return new Setting(participants, observers, true, slowDisks, tailBytes, lastCounter, storedDisks);
    }

    Setting onSlowDisks() {
        return new Setting(participants, observers, steady, true, tailBytes, lastCounter, storedDisks);
    }

    Setting remembering(int bytes) {
        return new Setting(participants, observers, steady, slowDisks, bytes, lastCounter, storedDisks);
    }

    Setting withEpochsUpTo(int counter) {
        return new Setting(participants, observers, steady, slowDisks, tailBytes, counter, storedDisks);
    }

    Setting onStoredDisks() {
        return new Setting(participants, observers, steady, slowDisks, tailBytes, lastCounter, true);
    }
}
