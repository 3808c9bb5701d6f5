package io.pando.client.shell;

import io.pando.datatree.Stat;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How data and stats look to a person: as in ZooKeeper's shell. */
final class Text {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss zzz yyyy", Locale.ENGLISH);

    private Text() {}

    /** Data that is no text is shown in hexadecimal, so that no terminal gets to see what it would take for commands. */
    static String of(byte @Nullable [] data) {
        if (data == null) {
            return "null";
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data))
                    .toString();
            return text.chars().anyMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c))
                    ? hex(data)
                    : text;
        } catch (CharacterCodingException notText) {
            return hex(data);
        }
    }

    private static String hex(byte[] data) {
        return "0x" + HexFormat.of().formatHex(data);
    }

    static String of(Stat stat, ZoneId zone) {
        return String.join(
                System.lineSeparator(),
                "cZxid = " + hex(stat.czxid()),
                "ctime = " + date(stat.ctime(), zone),
                "mZxid = " + hex(stat.mzxid()),
                "mtime = " + date(stat.mtime(), zone),
                "pZxid = " + hex(stat.pzxid()),
                "cversion = " + stat.cversion(),
                "dataVersion = " + stat.version(),
                "aclVersion = " + stat.aversion(),
                "ephemeralOwner = " + hex(stat.ephemeralOwner()),
                "dataLength = " + stat.dataLength(),
                "numChildren = " + stat.numChildren());
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }

    private static String date(long ms, ZoneId zone) {
        return DATE.format(Instant.ofEpochMilli(ms).atZone(zone));
    }
}
