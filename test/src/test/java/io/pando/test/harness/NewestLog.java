package io.pando.test.harness;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The last file of a stopped server's transaction log that has something in it. */
public record NewestLog(Path file, int usedBytes) {
    private static final int DAMAGE_BYTES = 64;
    /** Of the header, which names the file and holds no transaction. */
    private static final int HEADER_BYTES = 4096;

    public static NewestLog in(Path dataDir) throws IOException {
        for (Path file : logsIn(dataDir)) {
            NewestLog log = new NewestLog(file, usedBytes(Files.readAllBytes(file)));
            if (log.usedBytes > HEADER_BYTES + DAMAGE_BYTES) return log;
        }
        throw new IOException("There is no log in " + dataDir);
    }

    private static List<Path> logsIn(Path dataDir) throws IOException {
        try (Stream<Path> files = Files.walk(dataDir)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    /** Log files are as long as they may become, and zero behind what is written. */
    private static int usedBytes(byte[] content) {
        int used = content.length;
        while (used > 0 && content[used - 1] == 0) used--;
        return used;
    }

    /** Overwrites some bytes that have synced transactions behind them. */
    public void damageHalfWay() throws IOException {
        byte[] damage = new byte[DAMAGE_BYTES];
        Arrays.fill(damage, (byte) 0x5a);
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            channel.write(ByteBuffer.wrap(damage), HEADER_BYTES + (usedBytes - HEADER_BYTES) / 2);
        }
    }
}
