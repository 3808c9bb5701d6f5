package io.pando.zab.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The few things that the log asks of a disk, and the seam at which tests make them fail.
 *
 * <p>Nothing is durable before it has been asked to be: the bytes of a file by {@link StoredFile#sync}, its name (after
 * {@code create}, {@code rename}, {@code delete}) by {@link #syncDirectory}. Used from several threads.
 */
public interface FileSystem {

    /** What {@link #createLog} writes at once, or a part of it: no disk asks for more. A power of two. */
    int BLOCK_BYTES = 4096;

    /** Creates a directory and its parents, durably; does nothing where they exist. */
    void createDirectories(Path directory) throws IOException;

    /** The files of a directory, in the order of their names. */
    List<Path> list(Path directory) throws IOException;

    boolean exists(Path file) throws IOException;

    /** A new empty file for reading and writing; replaces an existing one. */
    StoredFile create(Path file) throws IOException;

    /**
     * The same, only to be written, and from its front to its end: each write begins where the last one ended or at a multiple of
     * {@link #BLOCK_BYTES}, and what it leaves of its last block becomes zeros. So it can go past the page cache where the disk
     * allows that; others may read it all the while.
     */
    WritableFile createLog(Path file) throws IOException;

    /** An existing file, for reading only. */
    StoredFile open(Path file) throws IOException;

    /** Renames, replacing the target if there is one. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file if it exists. */
    void delete(Path file) throws IOException;

    void syncDirectory(Path directory) throws IOException;

    /** Bytes that can still be written there. */
    long usableBytes(Path directory) throws IOException;

    /** Locks a directory against other processes until closed; the lock goes with the process however that ends. */
    Closeable lock(Path directory) throws IOException, DirectoryInUseException;
}
