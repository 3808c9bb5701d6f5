package io.pando.client.shell;

import io.pando.datatree.Owner;
import io.pando.datatree.Stat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How a stat looks: to a person as in ZooKeeper's shell, to a program as an object with ZooKeeper's names. */
final class StatText {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss zzz yyyy", Locale.ENGLISH);

    private StatText() {}

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

    /** Zxids and session ids are numbers here; times are milliseconds since 1970. */
    static Map<String, Object> json(Stat stat) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("czxid", stat.czxid());
        fields.put("mzxid", stat.mzxid());
        fields.put("pzxid", stat.pzxid());
        fields.put("ctime", stat.ctime());
        fields.put("mtime", stat.mtime());
        fields.put("version", stat.version());
        fields.put("cversion", stat.cversion());
        fields.put("aversion", stat.aversion());
        fields.put("ephemeralOwner", stat.ephemeralOwner());
        fields.put("dataLength", stat.dataLength());
        fields.put("numChildren", stat.numChildren());
        return fields;
    }

    /** Whose ephemeral it is; empty for other znodes, whose kind servers do not tell. */
    static String ownerOf(Stat stat) {
        return Owner.isEphemeral(stat.ephemeralOwner()) ? "ephemeral of " + hex(stat.ephemeralOwner()) : "";
    }

    static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }

    private static String date(long ms, ZoneId zone) {
        return DATE.format(Instant.ofEpochMilli(ms).atZone(zone));
    }
}
