package io.pando.zab.log;

import io.pando.zab.model.RecordBatch;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Tells what lies behind the intact part of the last segment: nothing, a write that the crash cut short, or damage.
 *
 * <p>Only what was never reported durable may be cut off. A write that was cut short has lost sectors, and a lost sector is
 * still blank; and nothing that is intact behind it says that the log was durable beyond it. Everything else is damage.
 */
final class TailExamination {

    enum Verdict {
        /** Nothing was written behind the intact part. */
        CLEAN,
        /** Something was, but never completely: it can't have been acknowledged. */
        TORN,
        /** It was complete once, or may have been: acknowledged records may be lost. */
        DAMAGED
    }

    private final SegmentScanner scanner;
    private final FileWindow window;
    private final Checksum checksum;
    private final long offset;
    private long highestZxid;
    private long highestDurableHint;

    TailExamination(SegmentScanner scanner, FileWindow window, Checksum checksum) {
        this.scanner = scanner;
        this.window = window;
        this.checksum = checksum;
        this.offset = scanner.offset();
        this.highestZxid = scanner.lastZxid();
        this.highestDurableHint = Zxid.NONE;
    }

    Tail examine() throws IOException {
        if (window.available(offset) < BatchHeader.BYTES && window.available(offset) < expected()) {
            return damaged("the file has been cut off, it should be "
                    + scanner.segment().lengthBytes() + " bytes long");
        }
        if (scanner.flaw() == null && isBlankToTheEnd()) {
            return new Tail(Verdict.CLEAN, offset, "nothing was written after it", highestZxid, true);
        }
        collectEvidenceBehind();
        if (Zxid.isAfter(highestDurableHint, scanner.lastZxid())) {
            return damaged(what() + ", although records up to " + Zxid.toString(highestDurableHint) + " were durable");
        }
        if (hasLostASector()) {
            return new Tail(Verdict.TORN, offset, "a write was cut short by a crash", highestZxid, true);
        }
        return damaged(what() + ", and every sector of it was written");
    }

    private long expected() {
        return scanner.segment().lengthBytes() - offset;
    }

    private String what() {
        String flaw = scanner.flaw();
        return flaw == null ? "a batch without length" : flaw;
    }

    private Tail damaged(String what) {
        // With no witness behind the flaw, anything may have been there.
        boolean extentKnown = Zxid.isAfter(highestDurableHint, scanner.lastZxid());
        return new Tail(Verdict.DAMAGED, offset, what, Zxid.max(highestZxid, highestDurableHint), extentKnown);
    }

    /** Headers validate only where they were written, so each one found behind the flaw is a witness. */
    private void collectEvidenceBehind() throws IOException {
        long segmentId = scanner.segment().segmentId();
        for (long at = offset; window.available(at) >= BatchHeader.BYTES; at += RecordBatch.ALIGNMENT_BYTES) {
            int index = window.load(at, BatchHeader.BYTES);
            if (window.bytes().getInt(index) == 0
                    || !BatchHeader.isIntact(window.bytes(), index, segmentId, at, checksum)) {
                continue;
            }
            BatchHeader header = BatchHeader.read(window.bytes(), index);
            highestZxid = Zxid.max(highestZxid, header.lastZxid());
            highestDurableHint = Zxid.max(highestDurableHint, header.durableHint());
        }
    }

    private boolean isBlankToTheEnd() throws IOException {
        long at = offset;
        while (window.available(at) > 0) {
            int length = (int) Math.min(64 * 1024, window.available(at));
            int index = window.load(at, length);
            if (!Sectors.isBlank(window.bytes(), index, index + length)) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private boolean hasLostASector() throws IOException {
        BatchHeader header = intactHeader();
        if (header != null) {
            return header.isPlausible(window.available(offset))
                    && header.prevZxid() == scanner.lastZxid()
                    && countBlank(offset, header.lengthBytes()) > header.blankSectors();
        }
        int toSectorEnd = Sectors.BYTES - (int) (offset % Sectors.BYTES);
        boolean lostItsStart = countBlank(offset, toSectorEnd) > 0;
        boolean lostItsRest = toSectorEnd < BatchHeader.BYTES && countBlank(offset + toSectorEnd, Sectors.BYTES) > 0;
        return lostItsStart || lostItsRest;
    }

    private @Nullable BatchHeader intactHeader() throws IOException {
        if (window.available(offset) < BatchHeader.BYTES) {
            return null;
        }
        int index = window.load(offset, BatchHeader.BYTES);
        boolean intact =
                BatchHeader.isIntact(window.bytes(), index, scanner.segment().segmentId(), offset, checksum);
        return intact ? BatchHeader.read(window.bytes(), index) : null;
    }

    private int countBlank(long from, int length) throws IOException {
        int present = (int) Math.min(length, window.available(from));
        int index = window.load(from, present);
        return Sectors.countBlank(window.bytes(), index, index + present, from);
    }

    /**
     * What was found.
     *
     * @param offset where the intact part ends
     * @param highestZxid the highest zxid seen at or behind it
     * @param extentKnown whether nothing beyond that can have been acknowledged
     */
    record Tail(Verdict verdict, long offset, String what, long highestZxid, boolean extentKnown) {}
}
