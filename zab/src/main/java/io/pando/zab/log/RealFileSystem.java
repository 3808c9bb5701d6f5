package io.pando.zab.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disk itself, through {@link FileChannel}.
 *
 * <p>A thread that is interrupted while it writes loses its channel (Java closes it), which stops the server as any failed
 * write does: threads that propose or flush must not be interrupted.
 */
public final class RealFileSystem implements FileSystem {

    private static final Logger log = LoggerFactory.getLogger(RealFileSystem.class);
    private static final String LOCK_FILE = "lock";

    private final @Nullable OpenOption direct;
    // Whether some file could not be written past the page cache: all logs of a server are in one place.
    private volatile boolean isDirectRefused;

    public RealFileSystem() {
        this(directOption());
    }

    RealFileSystem(@Nullable OpenOption direct) {
        this.direct = direct;
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (Files.isDirectory(directory)) {
            return;
        }
        if (parent != null) {
            createDirectories(parent);
        }
        Files.createDirectories(directory);
        if (parent != null) {
            syncDirectory(parent);
        }
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Override
    public boolean exists(Path file) {
        return Files.exists(file);
    }

    @Override
    public StoredFile create(Path file) throws IOException {
        return new ChannelFile(FileChannel.open(file, READ, WRITE, CREATE, TRUNCATE_EXISTING));
    }

    /** Usually past the page cache; some file systems, and those in memory, know no such way. */
    @Override
    public WritableFile createLog(Path file) throws IOException {
        if (direct == null || isDirectRefused) {
            return create(file);
        }
        try {
            return createDirect(file, direct);
        } catch (NoSpaceException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            isDirectRefused = true;
            log.info(
                    "The log is written through the page cache, as {} can't be written past it: {}",
                    file,
                    e.toString());
            return create(file);
        }
    }

    /** Some refuse it when a file is opened, some when it is written. */
    private static WritableFile createDirect(Path file, OpenOption direct) throws IOException {
        DirectFile created =
                new DirectFile(new ChannelFile(FileChannel.open(file, WRITE, CREATE, TRUNCATE_EXISTING, direct)));
        try {
            created.write(ByteBuffer.allocate(BLOCK_BYTES), 0);
            return created;
        } catch (IOException e) {
            created.close();
            Files.delete(file);
            throw e;
        }
    }

    /** A public option of the JDK that the compiler warns of, since it belongs to no specification of Java. */
    private static @Nullable OpenOption directOption() {
        try {
            Object[] options =
                    Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants();
            return Arrays.stream(options)
                    .filter(option -> option.toString().equals("DIRECT"))
                    .map(OpenOption.class::cast)
                    .findAny()
                    .orElse(null);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    @Override
    public StoredFile open(Path file) throws IOException {
        return new ChannelFile(FileChannel.open(file, READ));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    @Override
    public Closeable lock(Path directory) throws IOException {
        // Not closed on a refusal inside one process: closing any handle of a file gives up all of a process's locks on
        // it.
        FileChannel channel = FileChannel.open(directory.resolve(LOCK_FILE), READ, WRITE, CREATE);
        FileLock lock = tryLock(directory, channel);
        if (lock == null) {
            String holder = readHolder(channel);
            channel.close();
            throw new DirectoryInUseException(directory, holder);
        }
        channel.truncate(0);
        channel.write(US_ASCII.encode("process " + ProcessHandle.current().pid()), 0);
        return channel;
    }

    private static @Nullable FileLock tryLock(Path directory, FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw new DirectoryInUseException(directory, "another server in this process");
        }
    }

    private static String readHolder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(64);
        channel.read(text, 0);
        String holder = US_ASCII.decode(text.flip()).toString().strip();
        return holder.isEmpty() ? "another process" : holder;
    }

    private record ChannelFile(FileChannel channel) implements StoredFile {

        @Override
        public void write(ByteBuffer[] sources, int count, long position) throws IOException {
            try {
                if (count == 1) {
                    writeOne(sources[0], position);
                    return;
                }
                channel.position(position);
                while (sources[count - 1].hasRemaining()) {
                    channel.write(sources, 0, count);
                }
            } catch (IOException e) {
                throw translate(e);
            }
        }

        private void writeOne(ByteBuffer source, long position) throws IOException {
            long at = position;
            while (source.hasRemaining()) {
                at += channel.write(source, at);
            }
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            int total = 0;
            while (target.hasRemaining()) {
                int read = channel.read(target, position + total);
                if (read < 0) {
                    break;
                }
                total += read;
            }
            return total;
        }

        @Override
        public void sync() throws IOException {
            try {
                channel.force(false);
            } catch (IOException e) {
                throw translate(e);
            }
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }

        private static IOException translate(IOException e) {
            String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            boolean full = message.contains("no space left") || message.contains("quota exceeded");
            return full ? new NoSpaceException("No space is left on the disk", e) : e;
        }
    }
}
