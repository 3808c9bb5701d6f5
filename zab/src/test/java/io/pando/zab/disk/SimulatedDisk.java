package io.pando.zab.disk;

import io.pando.zab.log.DirectoryInUseException;
import io.pando.zab.log.FileSystem;
import io.pando.zab.log.NoSpaceException;
import io.pando.zab.log.StoredFile;
import io.pando.zab.log.WritableFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that promises no more than real ones do: bytes last once their file was synced, names once their directory
 * was. Every operation that changes something is counted, and one of them can be made to fail, or to be the last.
 */
public final class SimulatedDisk implements FileSystem {
    private final RandomGenerator random;
    private final Map<Path, SimulatedFile> names = new TreeMap<>();
    private final Map<Path, SimulatedFile> durableNames = new TreeMap<>();
    private final List<NameChange> pendingNames = new ArrayList<>();
    private final Set<Path> locks = new HashSet<>();

    private long capacityBytes = Long.MAX_VALUE;
    private int operations;
    private int failingOperation = -1;
    private int lastOperation = Integer.MAX_VALUE;
    private @Nullable String failed;

    public SimulatedDisk(RandomGenerator random) {
        this.random = random;
    }

    /** The operation with this number, counted from 0, fails; later ones work again. */
    public synchronized void failAt(int operation) {
        failingOperation = operation;
    }

    /** From the operation with this number on nothing happens any more: the machine has lost its power. */
    public synchronized void crashAt(int operation) {
        lastOperation = operation;
    }

    /** What failed, or null if the operation that was to fail was not reached. */
    public synchronized @Nullable String failed() {
        return failed;
    }

    public synchronized int operations() {
        return operations;
    }

    public synchronized void setCapacity(long bytes) {
        capacityBytes = bytes;
    }

    public synchronized long usedBytes() {
        return names.values().stream().mapToLong(SimulatedFile::size).sum();
    }

    /** The disk as it is found after a crash at this moment. */
    public synchronized SimulatedDisk afterCrash() {
        Map<Path, SimulatedFile> found = new TreeMap<>(durableNames);
        for (NameChange change : pendingNames) {
            if (random.nextBoolean()) {
                change.applyTo(found);
            }
        }
        SimulatedDisk disk = new SimulatedDisk(random);
        found.forEach((path, file) -> disk.put(path, file.afterCrash(random)));
        return disk;
    }

    /** The same disk, which works again, as the next process on this machine meets it: failed syncs are still lost. */
    public synchronized SimulatedDisk afterExit() {
        failingOperation = -1;
        lastOperation = Integer.MAX_VALUE;
        locks.clear();
        return this;
    }

    /** A copy in which everything visible is durable: as after the process, but not the machine, was killed. */
    public synchronized SimulatedDisk copy() {
        SimulatedDisk disk = new SimulatedDisk(random);
        names.forEach((path, file) -> disk.put(path, file.bytes()));
        return disk;
    }

    /** What a power loss would leave for sure: the files that are durable under their names. Their bytes must not be changed. */
    public synchronized Map<Path, byte[]> durableFiles() {
        Map<Path, byte[]> files = new TreeMap<>();
        durableNames.forEach((path, file) -> files.put(path, file.durableBytes()));
        return files;
    }

    /** Puts a file there, durably. */
    public synchronized void put(Path path, byte[] bytes) {
        SimulatedFile file = new SimulatedFile(bytes);
        names.put(path, file);
        durableNames.put(path, file);
    }

    public synchronized byte[] bytes(Path path) {
        SimulatedFile file = names.get(path);
        if (file == null) {
            throw new IllegalArgumentException("There is no " + path);
        }
        return file.bytes();
    }

    public synchronized List<Path> allFiles() {
        return List.copyOf(names.keySet());
    }

    @Override
    public void createDirectories(Path directory) {}

    @Override
    public synchronized List<Path> list(Path directory) {
        return names.keySet().stream()
                .filter(path -> directory.equals(path.getParent()))
                .toList();
    }

    @Override
    public synchronized boolean exists(Path file) {
        return names.containsKey(file);
    }

    @Override
    public synchronized StoredFile create(Path path) throws IOException {
        return new Handle(path, createNamed(path));
    }

    @Override
    public synchronized WritableFile createLog(Path path) throws IOException {
        return new LogHandle(path, createNamed(path));
    }

    private SimulatedFile createNamed(Path path) throws IOException {
        count("create " + path);
        SimulatedFile file = new SimulatedFile();
        change(new NameChange(path, file, null));
        return file;
    }

    @Override
    public synchronized StoredFile open(Path path) throws IOException {
        return new Handle(path, existing(path));
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        SimulatedFile file = existing(from);
        count("rename " + from + " to " + to);
        change(new NameChange(to, file, from));
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        if (names.containsKey(path)) {
            count("delete " + path);
            change(new NameChange(path, null, null));
        }
    }

    @Override
    public synchronized void syncDirectory(Path directory) throws IOException {
        count("sync of directory " + directory);
        for (Iterator<NameChange> all = pendingNames.iterator(); all.hasNext(); ) {
            NameChange change = all.next();
            if (directory.equals(change.path().getParent())) {
                change.applyTo(durableNames);
                all.remove();
            }
        }
    }

    @Override
    public synchronized long usableBytes(Path directory) {
        return capacityBytes - usedBytes();
    }

    @Override
    public synchronized Closeable lock(Path directory) throws IOException {
        if (!locks.add(directory)) {
            throw new DirectoryInUseException(directory, "another server of this test");
        }
        return () -> {
            synchronized (this) {
                locks.remove(directory);
            }
        };
    }

    private SimulatedFile existing(Path path) throws IOException {
        SimulatedFile file = names.get(path);
        if (file == null) {
            throw new NoSuchFileException(path.toString());
        }
        return file;
    }

    private void change(NameChange change) {
        change.applyTo(names);
        pendingNames.add(change);
    }

    private void count(String what) throws IOException {
        int operation = operations++;
        if (operation >= lastOperation) {
            failed = failed == null ? what : failed;
            throw new IOException("Power lost before " + what);
        }
        if (operation == failingOperation) {
            failed = what;
            throw new IOException("Failed as told: " + what);
        }
    }

    /** A name that now means a file, or nothing, and perhaps another that it took over. */
    private record NameChange(
            Path path,
            @Nullable SimulatedFile file,
            @Nullable Path from) {
        void applyTo(Map<Path, SimulatedFile> target) {
            if (file == null) {
                target.remove(path);
                return;
            }
            if (from != null) {
                target.remove(from);
            }
            target.put(path, file);
        }
    }

    /** Writes whole blocks, as one does past the page cache, and notices who does not write from front to end. */
    private final class LogHandle implements WritableFile {
        private final Handle blocks;
        private long end;

        LogHandle(Path path, SimulatedFile file) {
            this.blocks = new Handle(path, file);
        }

        @Override
        public void write(ByteBuffer[] sources, int count, long position) throws IOException {
            synchronized (SimulatedDisk.this) {
                if (position != end && position % BLOCK_BYTES != 0) {
                    throw new IllegalArgumentException("written at " + position + ", although it ended at " + end);
                }
                ByteBuffer[] written = Arrays.copyOf(sources, count + 1);
                end = position
                        + Arrays.stream(sources, 0, count)
                                .mapToLong(ByteBuffer::remaining)
                                .sum();
                written[count] = ByteBuffer.allocate((int) (-end & (BLOCK_BYTES - 1)));
                blocks.write(written, written[count].hasRemaining() ? count + 1 : count, position);
            }
        }

        @Override
        public void sync() throws IOException {
            blocks.sync();
        }

        @Override
        public void close() {}
    }

    private final class Handle implements StoredFile {
        private final Path path;
        private final SimulatedFile file;

        Handle(Path path, SimulatedFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public void write(ByteBuffer[] sources, int count, long position) throws IOException {
            synchronized (SimulatedDisk.this) {
                long at = position;
                for (int i = 0; i < count; i++) {
                    int length = sources[i].remaining();
                    writeOne(sources[i], (int) at);
                    at += length;
                }
            }
        }

        private void writeOne(ByteBuffer source, int position) throws IOException {
            long growth = Math.max(0, (long) position + source.remaining() - file.size());
            if (growth > capacityBytes - usedBytes()) {
                throw new NoSpaceException("No space left on this disk", null);
            }
            try {
                count("write to " + path + " at " + position);
            } catch (IOException e) {
                // A write that fails, or in which the process is killed, may have written some whole sectors of it.
                int end = position + random.nextInt(source.remaining() + 1);
                int written = Math.max(0, end / SimulatedFile.SECTOR_BYTES * SimulatedFile.SECTOR_BYTES - position);
                source.limit(source.position() + written);
                file.write(source, position);
                throw e;
            }
            file.write(source, position);
        }

        @Override
        public int read(ByteBuffer target, long position) {
            synchronized (SimulatedDisk.this) {
                return file.read(target, (int) position);
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (SimulatedDisk.this) {
                try {
                    count("sync of " + path);
                } catch (IOException e) {
                    file.failSync();
                    throw e;
                }
                file.sync();
            }
        }

        @Override
        public long size() {
            synchronized (SimulatedDisk.this) {
                return file.size();
            }
        }

        @Override
        public void close() {}
    }
}
