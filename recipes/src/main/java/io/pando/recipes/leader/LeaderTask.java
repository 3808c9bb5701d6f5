package io.pando.recipes.leader;

import io.pando.recipes.fencing.Held;

/** What a leader does. */
@FunctionalInterface
public interface LeaderTask {
    /**
     * Leads, until it returns. When the leadership ends before that, the thread is interrupted, and is expected to return soon: as long
     * as it has not, this participant does not stand for election again.
     *
     * @param leadership that this call is about; its token guards what is done
     * @throws Exception is logged, and counts as a return
     */
    void lead(Held leadership) throws Exception;
}
