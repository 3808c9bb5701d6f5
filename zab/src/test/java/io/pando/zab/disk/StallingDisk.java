package io.pando.zab.disk;

import io.pando.zab.log.DirectoryInUseException;
import io.pando.zab.log.FileSystem;
import io.pando.zab.log.RealFileSystem;
import io.pando.zab.log.StoredFile;
import io.pando.zab.log.WritableFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The real disk, which now and then lets those wait who want to be sure that something is written. Any thread. */
public final class StallingDisk implements FileSystem {
    private final FileSystem disk = new RealFileSystem();
    // Whoever syncs reads, so that many can at once; the stall is a writer.
    private final ReadWriteLock syncing = new ReentrantReadWriteLock(true);

    /** From now on no sync returns. To be ended by the same thread. */
    public void stall() {
        syncing.writeLock().lock();
    }

    public void goOn() {
        syncing.writeLock().unlock();
    }

    private class Stalling implements WritableFile {
        private final WritableFile file;

        Stalling(WritableFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer[] sources, int count, long position) throws IOException {
            file.write(sources, count, position);
        }

        @Override
        public void sync() throws IOException {
            syncing.readLock().lock();
            try {
                file.sync();
            } finally {
                syncing.readLock().unlock();
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private final class StallingStored extends Stalling implements StoredFile {
        private final StoredFile file;

        StallingStored(StoredFile file) {
            super(file);
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public boolean exists(Path file) throws IOException {
        return disk.exists(file);
    }

    @Override
    public StoredFile create(Path file) throws IOException {
        return new StallingStored(disk.create(file));
    }

    @Override
    public WritableFile createLog(Path file) throws IOException {
        return new Stalling(disk.createLog(file));
    }

    @Override
    public StoredFile open(Path file) throws IOException {
        return disk.open(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        disk.syncDirectory(directory);
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        return disk.usableBytes(directory);
    }

    @Override
    public Closeable lock(Path directory) throws IOException, DirectoryInUseException {
        return disk.lock(directory);
    }
}
