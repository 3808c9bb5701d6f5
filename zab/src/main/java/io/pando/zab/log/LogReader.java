package io.pando.zab.log;

import io.pando.zab.model.Records;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log for learners that lag behind what the core has in memory. Used by one thread, which is neither the core's nor
 * the log's; segments are not taken away while it reads them.
 */
public final class LogReader {
    private static final Logger log = LoggerFactory.getLogger(LogReader.class);
    private static final int REMEMBERED_PLACES = 32;

    private final FileSystem files;
    private final SegmentedLog segments;
    private final LogWriter writer;
    // Where the record after a zxid is: each learner asks for what follows its last answer.
    private final Map<Long, Place> places = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Place> eldest) {
            return size() > REMEMBERED_PLACES;
        }
    };

    /** A batch in a segment, and the zxid before it. */
    private record Place(long segmentId, long offset, long prevZxid) {}

    LogReader(FileSystem files, SegmentedLog segments, LogWriter writer) {
        this.files = files;
        this.segments = segments;
        this.writer = writer;
    }

    /**
     * The records after {@code afterZxid}, which is one of the log or its base, as far as they are durable: about
     * {@code maxBytes}, but at least one. None if there are none yet.
     *
     * @return null if the log has no such place, or not any more, or can't be read there: only a snapshot helps
     */
    public @Nullable Records read(long afterZxid, int maxBytes) {
        segments.presence().lock();
        try {
            long durable = writer.durable().zxid();
            SealedSegment segment = segments.segmentAfter(afterZxid);
            if (segment == null || Zxid.isAfter(afterZxid, durable)) {
                return null;
            }
            if (afterZxid == durable) {
                return Records.decode(afterZxid, 0, ByteBuffer.allocate(0));
            }
            return read(segment, afterZxid, durable, maxBytes);
        } catch (IOException e) {
            log.error("The log can't be read after {}; a learner gets a snapshot.", Zxid.toString(afterZxid), e);
            return null;
        } finally {
            segments.presence().unlock();
        }
    }

    private @Nullable Records read(SealedSegment segment, long afterZxid, long durable, int maxBytes)
            throws IOException {
        try (SegmentScanner scanner = SegmentScanner.open(files, segment.path())) {
            Place start = places.remove(afterZxid);
            if (start != null && start.segmentId() == segment.segmentId()) {
                scanner.skipTo(start.offset(), start.prevZxid());
            }
            Run run = new Run(segment.segmentId());
            while (run.bytes < maxBytes && scanner.lastZxid() != durable && scanner.next()) {
                if (Zxid.isAfter(scanner.lastZxid(), durable)) {
                    break;
                }
                run.add(scanner, afterZxid);
            }
            if (run.parts.isEmpty()) {
                String flaw = scanner.flaw();
                throw new IOException(
                        segment.path() + " ends at offset " + scanner.offset() + (flaw == null ? "" : " with " + flaw));
            }
            Records records = run.joined().atMost(maxBytes);
            places.put(records.lastZxid(), run.placeAfter(records.lastZxid()));
            return records;
        }
    }

    /** What has been read so far. */
    private static final class Run {
        private final long segmentId;
        private final List<Records> parts = new ArrayList<>();
        private int bytes;
        private Place lastBatch;
        private Place behind;

        Run(long segmentId) {
            this.segmentId = segmentId;
            this.lastBatch = new Place(segmentId, SegmentHeader.BYTES, Zxid.NONE);
            this.behind = lastBatch;
        }

        void add(SegmentScanner scanner, long afterZxid) throws IOException {
            BatchHeader batch = scanner.batch();
            if (batch.count() == 0 || !Zxid.isAfter(batch.lastZxid(), afterZxid)) {
                return;
            }
            Records records = scanner.records();
            parts.add(Zxid.isAfter(afterZxid, records.prevZxid()) ? records.after(afterZxid) : records);
            bytes += parts.getLast().lengthBytes();
            lastBatch = new Place(segmentId, scanner.offset(), batch.prevZxid());
            behind = new Place(segmentId, scanner.endOffset(), batch.lastZxid());
        }

        /** Less than a batch may have been given out. */
        Place placeAfter(long zxid) {
            return zxid == behind.prevZxid() ? behind : lastBatch;
        }

        Records joined() {
            if (parts.size() == 1) {
                return parts.getFirst();
            }
            ByteBuffer all = ByteBuffer.allocate(bytes);
            int count = 0;
            for (Records part : parts) {
                all.put(part.bytes());
                count += part.count();
            }
            return Records.decode(parts.getFirst().prevZxid(), count, all.flip());
        }
    }
}
