package io.pando.zab.log;

import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A segment file met at start; its header is null where it is damaged. */
record FoundSegment(Path path, @Nullable SegmentHeader header) {

    static FoundSegment read(FileSystem files, Path path) throws IOException {
        try (StoredFile file = files.open(path)) {
            return new FoundSegment(path, SegmentHeader.read(file, path));
        } catch (DamagedStorageException e) {
            return new FoundSegment(path, null);
        }
    }

    long baseZxid() {
        return header == null ? Zxid.NONE : header.baseZxid();
    }

    long segmentId() {
        String name = path.getFileName().toString();
        return Long.parseUnsignedLong(name.substring(0, name.indexOf('.')), 16);
    }

    SealedSegment sealed(FileSystem files) throws IOException {
        try (StoredFile file = files.open(path)) {
            return new SealedSegment(path, segmentId(), baseZxid(), file.size());
        }
    }
}
