package io.pando.zab.log;

import java.nio.file.Path;

/** A segment that is complete, known to be durable, and never written again. */
record SealedSegment(Path path, long segmentId, long baseZxid, long lengthBytes) {}
