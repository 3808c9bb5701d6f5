package io.pando.zab.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.test.fuzz.Decoder;
import io.pando.test.fuzz.Decoder.Memory;
import io.pando.zab.disk.SimulatedDisk;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import io.pando.zab.model.Promise;
import io.pando.zab.model.Promise.FloorReason;
import io.pando.zab.model.RecordBatch;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * The files of a server, each behind one byte: 0 for a file as it is, anything else for one whose checksums are made right first, since damages
 * hardly ever get past them. Here, since nobody else may know these files.
 */
public final class StorageDecoders {
    private static final Path FOLDER = Path.of("/data");
    private static final Path SEGMENT = FOLDER.resolve("0000000000000001.log");
    private static final Path SNAPSHOT = FOLDER.resolve("0000000100000002.snapshot");
    private static final UUID CLUSTER = new UUID(1, 2);
    private static final EpochTable EPOCHS = new EpochTable(List.of(Zxid.of(1, 7), Zxid.of(2, 5)));
    private static final Set<Class<? extends Exception>> REFUSALS = Set.of(IOException.class);
    private static final int CRC_BYTES = Integer.BYTES;

    private StorageDecoders() {}

    public static List<Decoder> all() {
        return List.of(segment(), snapshot(), promise(), identity());
    }

    private interface FileReader {
        Object read(FileSystem files) throws IOException;
    }

    private interface FileWriter {
        void write(FileSystem files) throws IOException;
    }

    private interface Repair {
        void of(byte[] file);
    }

    private static Decoder of(String name, Path path, byte[] seed, Repair repair, Memory memory, FileReader reader) {
        return Decoder.of(
                name,
                List.of(behind((byte) 0, seed), behind((byte) 1, seed)),
                input -> {
                    if (input.length == 0) {
                        throw new IOException("Nothing");
                    }
                    byte[] file = Arrays.copyOfRange(input, 1, input.length);
                    if (input[0] != 0) {
                        repair.of(file);
                    }
                    SimulatedDisk disk = new SimulatedDisk(new Random(1));
                    disk.put(path, file);
                    return reader.read(disk);
                },
                memory,
                REFUSALS);
    }

    private static byte[] behind(byte first, byte[] file) {
        byte[] input = new byte[file.length + 1];
        input[0] = first;
        System.arraycopy(file, 0, input, 1, file.length);
        return input;
    }

    private static Decoder segment() {
        return of(
                "log-segment",
                SEGMENT,
                seedSegment(),
                StorageDecoders::repairSegment,
                new Memory(64),
                files -> new StorageInspector(files)
                        .inspectSegments(List.of(SEGMENT), (zxid, type, offset, payload) -> {}));
    }

    private static byte[] seedSegment() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        long base = Zxid.of(2, 5);
        byte[] header = new byte[SegmentHeader.BYTES];
        new SegmentHeader(CLUSTER, 1, 1, base, SegmentHeader.BYTES + 1024, EPOCHS)
                .encode()
                .get(header);
        file.writeBytes(header);
        RecordBatch batch = new RecordBatch();
        long offset = SegmentHeader.BYTES;
        for (int i = 0; i < 2; i++) {
            batch.reset(i == 0 ? base : Zxid.of(3, 1));
            batch.append(Zxid.of(3, 2 * i), i == 0 ? RecordType.MARKER : RecordType.TXN, text(""));
            batch.append(Zxid.of(3, 2 * i + 1), RecordType.TXN, text("create /a"));
            ByteBuffer sealed = BatchHeader.seal(batch, base, base, 1, offset, new Checksum());
            byte[] bytes = new byte[sealed.remaining()];
            sealed.get(bytes);
            file.writeBytes(bytes);
            offset += bytes.length;
        }
        return Arrays.copyOf(file.toByteArray(), SegmentHeader.BYTES + 1024);
    }

    private static void repairSegment(byte[] file) {
        if (file.length < SegmentHeader.BYTES) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(file);
        Checksum checksum = new Checksum();
        FileKind.SEGMENT.writePrefix(bytes.duplicate());
        int headerCrcAt = SegmentHeader.BYTES - CRC_BYTES;
        bytes.putInt(headerCrcAt, checksum.of(bytes, 0, headerCrcAt));
        long segmentId = bytes.getLong(FileKind.PREFIX_BYTES + 3 * Long.BYTES);
        int at = SegmentHeader.BYTES;
        while (file.length - at >= BatchHeader.BYTES) {
            int length = bytes.getInt(at);
            if (length < BatchHeader.BYTES || length > file.length - at) {
                return;
            }
            bytes.putInt(at + 4, checksum.of(bytes, at + BatchHeader.BYTES, at + length, segmentId, at));
            int crcAt = at + BatchHeader.BYTES - CRC_BYTES;
            bytes.putInt(crcAt, checksum.of(bytes, at, crcAt, segmentId, at));
            at += length;
        }
    }

    private static Decoder snapshot() {
        return of(
                "snapshot-file",
                SNAPSHOT,
                seedSnapshot(),
                StorageDecoders::repairSnapshot,
                new Memory(64),
                files -> new StorageInspector(files).inspectSnapshot(SNAPSHOT));
    }

    private static byte[] seedSnapshot() {
        Membership membership = new Membership(
                Zxid.of(3, 1), List.of(Member.parse(1, "a.example:2888:3888"), Member.parse(2, "b.example:2888:3888")));
        SnapshotMeta meta = new SnapshotMeta(Zxid.of(3, 1), EPOCHS, membership);
        return written(
                files -> {
                    try (StoredFile file = files.create(SNAPSHOT)) {
                        SnapshotWriter writer = new SnapshotWriter(file, new SnapshotHeader(CLUSTER, meta));
                        writer.write("the content of a snapshot".getBytes(UTF_8));
                        writer.finish();
                    }
                },
                SNAPSHOT);
    }

    private static void repairSnapshot(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int lengthAt = FileKind.PREFIX_BYTES;
        if (file.length < lengthAt + Integer.BYTES) {
            return;
        }
        FileKind.SNAPSHOT.writePrefix(bytes.duplicate());
        int header = bytes.getInt(lengthAt);
        if (header < 2 * lengthAt || header > file.length) {
            return;
        }
        Checksum checksum = new Checksum();
        bytes.putInt(header - CRC_BYTES, checksum.of(bytes, 0, header - CRC_BYTES));
        int zxidAt = lengthAt + Integer.BYTES + 2 * Long.BYTES;
        if (header < zxidAt + Long.BYTES) {
            return;
        }
        long zxid = bytes.getLong(zxidAt);
        int at = header;
        while (file.length - at >= SnapshotHeader.FOOTER_BYTES) {
            int length = bytes.getInt(at);
            if (length < 0 || length > file.length - at - SnapshotHeader.CHUNK_HEADER_BYTES) {
                return;
            }
            int block = length == 0 ? SnapshotHeader.FOOTER_BYTES : SnapshotHeader.CHUNK_HEADER_BYTES + length;
            ByteBuffer chunk = bytes.slice(at, block);
            bytes.putInt(at + Integer.BYTES, SnapshotHeader.chunkCrc(checksum, chunk, zxid, at));
            at += block;
        }
    }

    private static Decoder promise() {
        byte[] seed = written(
                files ->
                        new PromiseFile(files, FOLDER).write(new Promise(3, 2, Zxid.of(3, 4), FloorReason.LOG_DAMAGED)),
                FOLDER.resolve("promise"));
        return of(
                "promise-file",
                FOLDER.resolve("promise"),
                seed,
                file -> repairAtomic(file, FileKind.PROMISE),
                new Memory(8),
                files -> String.valueOf(new PromiseFile(files, FOLDER).read()));
    }

    private static Decoder identity() {
        byte[] seed = written(
                files -> new IdentityFile(files, FOLDER).write(new Identity(CLUSTER, 3, new UUID(3, 4))),
                FOLDER.resolve("identity"));
        return of(
                "identity-file",
                FOLDER.resolve("identity"),
                seed,
                file -> repairAtomic(file, FileKind.IDENTITY),
                new Memory(8),
                files -> String.valueOf(new IdentityFile(files, FOLDER).read()));
    }

    private static void repairAtomic(byte[] file, FileKind kind) {
        if (file.length < FileKind.PREFIX_BYTES + CRC_BYTES) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(file);
        kind.writePrefix(bytes.duplicate());
        int crcAt = file.length - CRC_BYTES;
        bytes.putInt(crcAt, new Checksum().of(bytes, 0, crcAt));
    }

    private static byte[] written(FileWriter writer, Path path) {
        SimulatedDisk disk = new SimulatedDisk(new Random(1));
        try {
            writer.write(disk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return disk.bytes(path);
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
