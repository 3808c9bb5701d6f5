package io.pando.zab.log;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;

/** The kinds of file a server owns. Each begins with its magic and the version of its format. */
enum FileKind {
    SEGMENT(0x50414e444f4c4f47L), // PANDOLOG
    SNAPSHOT(0x50414e444f534e50L), // PANDOSNP
    IDENTITY(0x50414e444f49444eL), // PANDOIDN
    PROMISE(0x50414e444f50524dL); // PANDOPRM

    static final int PREFIX_BYTES = Long.BYTES + Integer.BYTES;

    private static final int VERSION = 1;

    private final long magic;

    FileKind(long magic) {
        this.magic = magic;
    }

    void writePrefix(ByteBuffer out) {
        out.putLong(magic).putInt(VERSION);
    }

    /**
     * Reads the prefix of a file whose checksum did not match, or whose fields make no sense: says so if that is because it is
     * foreign or newer, and returns if it is one of ours that must be damaged.
     */
    void refuseForeign(ByteBuffer in, Path file) throws UnusableStorageException {
        if (in.remaining() < PREFIX_BYTES) {
            return;
        }
        boolean ours = in.getLong(in.position()) == magic;
        int version = in.getInt(in.position() + Long.BYTES);
        if (ours && version != VERSION) {
            throw new UnusableStorageException(
                    file,
                    file + " is a " + this + " file of format " + version + "; this release reads format " + VERSION
                            + " only. Use the release that wrote it.");
        }
        if (!ours) {
            throw new UnusableStorageException(
                    file,
                    file + " is not a " + this + " file. If it doesn't belong here, move it away and start again.");
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
