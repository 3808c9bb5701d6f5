package io.pando.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.log.LogSettings;
import io.pando.zab.log.LogStore;
import io.pando.zab.log.RealFileSystem;
import io.pando.zab.log.RecoveryTarget;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Membership;
import io.pando.zab.model.MembershipRecords;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code pando log} and {@code pando snapshot} show of the servers' agreement about themselves. */
class AgreementRecordsTest {
    private static final Membership MEMBERS = Membership.parse(Zxid.of(1, 0), "server.1=one:2888:3888:participant\n");

    @TempDir
    Path dir;

    @BeforeEach
    void write_a_change_of_members_and_a_snapshot() throws Exception {
        var settings =
                new LogSettings(1, false, dir, dir, true, true, 64 * 1024, 1024, 3, 0, Duration.ofSeconds(10), false);
        try (var store = LogStore.open(settings, new RealFileSystem())) {
            store.recover(new RecoveryTarget() {
                @Override
                public void install(InputStream snapshot, long zxid) {}

                @Override
                public void deliver(long zxid, ByteBuffer payload) {}
            });
            store.adopt(new UUID(1, 2));
            var writer = store.startWriter(() -> {}, (what, cause) -> {});
            var records = new Records.Builder(Zxid.NONE);
            records.append(Zxid.of(1, 0), RecordType.MARKER, MembershipRecords.payload(MEMBERS));
            records.append(Zxid.of(1, 1), RecordType.CONFIG, MembershipRecords.payload(MEMBERS));
            records.append(Zxid.of(1, 2), RecordType.ACTIVATE, MembershipRecords.activation(Zxid.of(1, 1)));
            writer.append(records.build(), Zxid.of(1, 2));
            writer.writeNow();
            store.snapshots().write(new SnapshotMeta(Zxid.of(1, 2), EpochTable.EMPTY, MEMBERS), out -> {});
        }
    }

    @Test
    void log_shows_members_and_from_when_on_they_count() {
        var run = CommandRun.of(Map.of(), "log", dir.toString());

        assertEquals(0, run.exitCode(), run::err);
        assertTrue(run.out().contains("0x100000000  MARKER  server.1=one:2888:3888:participant\n"), run::out);
        assertTrue(run.out().contains("0x100000001  CONFIG  server.1=one:2888:3888:participant\n"), run::out);
        assertTrue(run.out().contains("0x100000002  ACTIVATE  0x100000001\n"), run::out);
    }

    @Test
    void log_shows_them_as_json() {
        var run = CommandRun.of(Map.of(), "log", "--json", dir.toString());

        assertTrue(
                run.out()
                        .contains("\"type\":\"CONFIG\",\"offset\":" + offsetOfConfig()
                                + ",\"membership\":[\"server.1=one:2888:3888:participant\"]}"),
                run::out);
        assertTrue(run.out().contains("\"activated\":\"0x100000001\"}"), run::out);
    }

    private static int offsetOfConfig() {
        int headers = 4096 + 64;
        return headers + 13 + MembershipRecords.payload(MEMBERS).remaining();
    }

    @Test
    void snapshot_shows_the_members_at_its_zxid() {
        var run = CommandRun.of(Map.of(), "snapshot", dir.toString());

        assertEquals(0, run.exitCode(), run::err);
        assertTrue(run.out().endsWith(": intact\n  server.1=one:2888:3888:participant\n"), run::out);
    }
}
