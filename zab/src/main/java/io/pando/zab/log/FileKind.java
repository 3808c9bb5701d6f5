package io.pando.zab.log;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;

/** The kinds of file a server owns. Each begins with its magic and the version of its format. */
enum FileKind {
    SEGMENT(0x50414e444f4c4f47L, 1), // PANDOLOG
    SNAPSHOT(0x50414e444f534e50L, 2), // PANDOSNP
    IDENTITY(0x50414e444f49444eL, 1), // PANDOIDN
    PROMISE(0x50414e444f50524dL, 1); // PANDOPRM

    static final int PREFIX_BYTES = Long.BYTES + Integer.BYTES;

    private final long magic;
    private final int version;

    FileKind(long magic, int version) {
        this.magic = magic;
        this.version = version;
    }

    void writePrefix(ByteBuffer out) {
        out.putLong(magic).putInt(version);
    }

    /**
     * Reads the prefix of a file whose checksum did not match, or whose fields make no sense: says so if that is because it is
     * foreign or newer, and returns if it is one of ours that must be damaged.
     */
    void refuseForeign(ByteBuffer in, Path file) throws UnusableStorageException {
        refuseOtherFormat(in, file);
        if (in.remaining() >= PREFIX_BYTES && in.getLong(in.position()) != magic) {
            throw new UnusableStorageException(
                    file,
                    file + " is not a " + this + " file. If it doesn't belong here, move it away and start again.");
        }
    }

    /** The same for a file that is ours by its name: says so if it is newer, and returns if it is damaged. */
    void refuseOtherFormat(ByteBuffer in, Path file) throws UnusableStorageException {
        if (in.remaining() < PREFIX_BYTES || in.getLong(in.position()) != magic) {
            return;
        }
        int found = in.getInt(in.position() + Long.BYTES);
        if (found != version) {
            throw new UnusableStorageException(
                    file,
                    file + " is a " + this + " file of format " + found + "; this release reads format " + version
                            + " only. Use the release that wrote it.");
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
