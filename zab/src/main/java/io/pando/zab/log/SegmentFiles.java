package io.pando.zab.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Names, creates and lists the files of the log directory. */
final class SegmentFiles {
    private static final String SUFFIX = ".log";
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();
    // Short, since the log's own writes wait while the disk takes one of them.
    private static final int ZERO_BYTES = 256 * 1024;
    private static final int SYNC_EVERY_BYTES = 32 * ZERO_BYTES;

    private final FileSystem files;
    private final Path logDir;
    private final boolean forceSync;

    SegmentFiles(FileSystem files, Path logDir, boolean forceSync) {
        this.files = files;
        this.logDir = logDir;
        this.forceSync = forceSync;
    }

    /** For those who create no segments. */
    SegmentFiles(FileSystem files, Path logDir) {
        this(files, logDir, true);
    }

    Path pathOf(long segmentId) {
        return logDir.resolve("%016x%s".formatted(segmentId, SUFFIX));
    }

    /** All segments, oldest first. */
    List<Path> list() throws IOException {
        return files.list(logDir).stream()
                .filter(path -> path.toString().endsWith(SUFFIX))
                .toList();
    }

    /**
     * A file full of zeros that are on the disk, under a temporary name: appending to it changes no metadata, so that an
     * {@code fdatasync} has only the data to write. It is as long as asked for, or up to a block longer. Cancelled, the file is
     * worthless and must not be activated.
     */
    BlankSegment createBlank(String name, long minBytes, BooleanSupplier cancelled) throws IOException {
        long lengthBytes = wholeBlocks(minBytes);
        if (files.usableBytes(logDir) < lengthBytes) {
            throw new NoSpaceException("Less than " + lengthBytes + " bytes are left in " + logDir, null);
        }
        Path path = TemporaryFiles.of(logDir.resolve(name));
        WritableFile file = create(path);
        try {
            ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZERO_BYTES, lengthBytes));
            for (long at = 0; at < lengthBytes && !cancelled.getAsBoolean(); at += zeros.limit()) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), lengthBytes - at));
                file.write(zeros, at);
                // Little by little: a large flush would hold up the log's own syncs.
                if ((at + zeros.capacity()) % SYNC_EVERY_BYTES == 0) {
                    file.sync();
                }
            }
            file.sync();
            return new BlankSegment(file, path, lengthBytes);
        } catch (IOException e) {
            file.close();
            if (e instanceof NoSpaceException) {
                files.delete(path);
            }
            throw e;
        }
    }

    /** Who does not wait for the disk is served by the page cache. */
    private WritableFile create(Path path) throws IOException {
        return forceSync ? files.createLog(path) : files.create(path);
    }

    private static long wholeBlocks(long bytes) {
        return (bytes + FileSystem.BLOCK_BYTES - 1) / FileSystem.BLOCK_BYTES * FileSystem.BLOCK_BYTES;
    }

    /** Gives back the space of a blank segment. */
    void discard(BlankSegment blank) throws IOException {
        blank.file().close();
        files.delete(blank.path());
    }

    /** Gives a blank segment its header and its name, durably and in this order. */
    Segment activate(BlankSegment blank, SegmentHeader header) throws IOException {
        blank.file().write(header.encode(), 0);
        blank.file().sync();
        Path path = pathOf(header.segmentId());
        files.rename(blank.path(), path);
        files.syncDirectory(logDir);
        return new Segment(blank.file(), path, header);
    }

    /**
     * Copies the intact part of the last segment into a new file, which takes its place: after a failed fsync the page cache may
     * show bytes that the disk never got, and only writing them anew makes them durable.
     */
    SealedSegment sealCopy(Path original, SegmentHeader header, long intactBytes) throws IOException {
        return sealCopy(original, header, intactBytes, EMPTY);
    }

    /** The same, with an end of its own behind what is copied: of a batch of which only the first records are kept. */
    SealedSegment sealCopy(Path original, SegmentHeader header, long copiedBytes, ByteBuffer end) throws IOException {
        Path temporary = TemporaryFiles.of(original);
        long lengthBytes = wholeBlocks(copiedBytes + end.remaining());
        try (StoredFile from = files.open(original);
                WritableFile to = create(temporary)) {
            copy(from, to, copiedBytes, original);
            if (end.hasRemaining()) {
                to.write(end, copiedBytes);
            }
            to.write(header.withLength(lengthBytes).encode(), 0);
            to.sync();
        }
        files.rename(temporary, original);
        files.syncDirectory(logDir);
        return new SealedSegment(original, header.segmentId(), header.baseZxid(), lengthBytes);
    }

    private static void copy(StoredFile from, WritableFile to, long end, Path original) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect((int) Math.min(ZERO_BYTES, end));
        for (long at = SegmentHeader.BYTES; at < end; at += block.limit()) {
            block.clear().limit((int) Math.min(block.capacity(), end - at));
            int read = from.read(block, at);
            if (read < block.limit()) {
                throw new IOException("Reading " + original + " at offset " + at + " gave only " + read + " bytes");
            }
            to.write(block.flip(), at);
        }
    }

    void delete(Path segment) throws IOException {
        files.delete(segment);
        files.syncDirectory(logDir);
    }

    /** Zeros that wait for a header. */
    record BlankSegment(WritableFile file, Path path, long lengthBytes) {}
}
