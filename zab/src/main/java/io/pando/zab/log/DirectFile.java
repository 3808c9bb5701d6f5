package io.pando.zab.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A log file as {@link FileSystem#createLog} describes it, on a file that takes whole blocks only, past the page cache: what is
 * written is gathered in such blocks, of which the last one is kept, since the next write begins in it.
 */
final class DirectFile implements WritableFile {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final byte[] ZEROS = new byte[FileSystem.BLOCK_BYTES];

    private final WritableFile file;
    // The device reads it where it is, and wants that to be the beginning of a block as well.
    private final ByteBuffer blocks = ByteBuffer.allocateDirect(BUFFER_BYTES + FileSystem.BLOCK_BYTES)
            .alignedSlice(FileSystem.BLOCK_BYTES)
            .limit(BUFFER_BYTES)
            .slice();
    // Where in the file the blocks begin; they are filled up to their position.
    private long start;

    DirectFile(WritableFile file) {
        this.file = file;
    }

    @Override
    public void write(ByteBuffer[] sources, int count, long position) throws IOException {
        seek(position);
        for (int i = 0; i < count; i++) {
            while (sources[i].hasRemaining()) {
                take(sources[i]);
                if (!blocks.hasRemaining()) {
                    writeBlocks();
                }
            }
        }
        if (blocks.position() > 0) {
            writeBlocks();
        }
    }

    private void seek(long position) {
        if (position == start + blocks.position()) {
            return;
        }
        if (position % FileSystem.BLOCK_BYTES != 0) {
            throw new IllegalArgumentException("A write at " + position + " goes on neither at "
                    + (start + blocks.position()) + ", where the last one ended, nor where a block begins.");
        }
        start = position;
        blocks.clear();
    }

    private void take(ByteBuffer source) {
        int length = Math.min(source.remaining(), blocks.remaining());
        blocks.put(blocks.position(), source, source.position(), length);
        blocks.position(blocks.position() + length);
        source.position(source.position() + length);
    }

    private void writeBlocks() throws IOException {
        int filled = blocks.position();
        int kept = filled % FileSystem.BLOCK_BYTES;
        if (kept > 0) {
            blocks.put(ZEROS, 0, FileSystem.BLOCK_BYTES - kept);
        }
        file.write(blocks.flip(), start);
        blocks.clear().put(0, blocks, filled - kept, kept).position(kept);
        start += filled - kept;
    }

    @Override
    public void sync() throws IOException {
        file.sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
