package io.pando.zab.log;

import io.pando.zab.model.SnapshotMeta;

/** What takes something back from the end of the log, in order with what is appended. Each begins a generation of reports. */
sealed interface Rewind {

    /** Stamps every report of what is durable from here on, so that a late one about what is gone can be told. */
    int generation();

    /** Where the log ends afterwards. */
    long lastZxid();

    /** The same in a later generation, because more was taken back before this was begun. */
    Rewind inGeneration(int later);

    /** Cuts off every record after {@code lastZxid}. */
    record Truncate(int generation, long lastZxid) implements Rewind {
        @Override
        public Rewind inGeneration(int later) {
            return new Truncate(later, lastZxid);
        }
    }

    /** Begins the log anew, after a snapshot that has been installed. */
    record Reset(int generation, SnapshotMeta base) implements Rewind {
        @Override
        public long lastZxid() {
            return base.zxid();
        }

        @Override
        public Rewind inGeneration(int later) {
            return new Reset(later, base);
        }
    }
}
