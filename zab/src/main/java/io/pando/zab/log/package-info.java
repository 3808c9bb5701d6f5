/**
 * What a server keeps on disk: the segmented log, snapshots, its identity and its promise.
 *
 * <p>A record goes {@code LogQueue → LogWriter → SegmentedLog → Segment} and is acknowledged after one {@code fdatasync} of
 * its group. At start {@code Recovery} gives it back, or refuses to start and says which file can't be trusted from where.
 * Every disk operation goes through {@link io.pando.zab.log.FileSystem}, so that tests can fail, lose or tear each of them.
 */
@NullMarked
package io.pando.zab.log;

import org.jspecify.annotations.NullMarked;
