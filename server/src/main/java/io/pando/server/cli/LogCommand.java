package io.pando.server.cli;

import io.pando.datatree.encoding.MalformedTxnException;
import io.pando.server.core.Envelope;
import io.pando.zab.log.RealFileSystem;
import io.pando.zab.log.SegmentInspection;
import io.pando.zab.log.SegmentInspection.Verdict;
import io.pando.zab.log.StorageInspector;
import io.pando.zab.model.Membership;
import io.pando.zab.model.MembershipRecords;
import io.pando.zab.model.RecordType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pando log}: shows every record of a transaction log, and judges its segments. */
@Command(
        name = "log",
        description = "Shows the records of a transaction log, then its segments. Only reads; a server may be running.")
final class LogCommand implements Callable<Integer> {
    private final Envelope.Codec codec = new Envelope.Codec();
    private boolean unreadable;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..1",
            defaultValue = "data",
            description = "A log directory, or one segment of it. Default: ${DEFAULT-VALUE}")
    private Path path = Path.of("data");

    @Option(names = "--json", description = "One JSON object for each line.")
    private boolean json;

    @Option(names = "--segments", description = "Leaves the records out.")
    private boolean onlySegments;

    @Option(names = "--from", paramLabel = "ZXID", converter = Hex.class, description = "The first zxid to show.")
    private long from = 0;

    @Option(names = "--to", paramLabel = "ZXID", converter = Hex.class, description = "The last zxid to show.")
    private long to = Long.MAX_VALUE;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            var inspector = new StorageInspector(new RealFileSystem());
            var segments = inspector.segmentsIn(path);
            if (segments.isEmpty()) {
                return Failures.complain(spec, path + " holds no log segments.", ExitCode.CONFIGURATION);
            }
            var inspections = inspector.inspectSegments(segments, this::show);
            inspections.forEach(this::show);
            var damaged = inspections.stream().anyMatch(segment -> segment.verdict() == Verdict.DAMAGED);
            return (damaged || unreadable ? ExitCode.STORAGE_DAMAGED : ExitCode.OK).number();
        } catch (IOException failed) {
            return Failures.complain(spec, failed);
        }
    }

    private void show(long zxid, RecordType type, long offset, ByteBuffer payload) {
        if (onlySegments || Long.compareUnsigned(zxid, from) < 0 || Long.compareUnsigned(zxid, to) > 0) {
            return;
        }
        if (type == RecordType.TXN) {
            showTxn(zxid, offset, payload);
        } else {
            showAgreement(zxid, type, offset, payload);
        }
    }

    /** A record of the servers about themselves: who leads from here on, who belongs to the ensemble. */
    private void showAgreement(long zxid, RecordType type, long offset, ByteBuffer payload) {
        var membership = membership(zxid, type, offset, payload);
        var activated = type == RecordType.ACTIVATE && payload.remaining() == Long.BYTES
                ? Hex.of(payload.getLong(payload.position()))
                : null;
        if (json) {
            var fields = new LinkedHashMap<String, @Nullable Object>();
            fields.put("zxid", Hex.of(zxid));
            fields.put("type", type);
            fields.put("offset", offset);
            fields.put("membership", membership == null ? null : MemberLines.of(membership));
            fields.put("activated", activated);
            fields.values().removeIf(Objects::isNull);
            out().println(JsonText.of(fields));
        } else {
            var detail = membership == null ? activated : String.join(" ", MemberLines.of(membership));
            out().println(Hex.of(zxid) + "  " + type + (detail == null ? "" : "  " + detail));
        }
    }

    private @Nullable Membership membership(long zxid, RecordType type, long offset, ByteBuffer payload) {
        try {
            return MembershipRecords.named(zxid, type, payload);
        } catch (IllegalArgumentException malformed) {
            unreadable = true;
            spec.commandLine().getErr().println(Hex.of(zxid) + " at " + offset + ": " + malformed.getMessage());
            return null;
        }
    }

    private void showTxn(long zxid, long offset, ByteBuffer payload) {
        try {
            var record = codec.decode(payload);
            out().println(json ? JsonText.of(fields(zxid, offset, record)) : line(zxid, record));
        } catch (MalformedTxnException malformed) {
            unreadable = true;
            spec.commandLine().getErr().println(Hex.of(zxid) + " at " + offset + ": " + malformed.getMessage());
        }
    }

    private static String line(long zxid, Envelope record) {
        return Hex.of(zxid) + "  " + Instant.ofEpochMilli(record.timeMs()) + "  session " + Hex.of(record.sessionId())
                + " xid " + record.xid() + "  " + record.txn();
    }

    private static Map<String, @Nullable Object> fields(long zxid, long offset, Envelope record) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("zxid", Hex.of(zxid));
        fields.put("type", RecordType.TXN);
        fields.put("offset", offset);
        fields.put("timeMs", record.timeMs());
        fields.put("session", Hex.of(record.sessionId()));
        fields.put("xid", record.xid());
        fields.put("txn", TxnFields.of(record.txn()));
        return fields;
    }

    private void show(SegmentInspection segment) {
        if (json) {
            out().println(JsonText.of(fields(segment)));
        } else {
            out().printf(
                            "%s: %d records in %d batches, %s to %s, %d of %d bytes used: %s%n",
                            segment.file(),
                            segment.records(),
                            segment.batches(),
                            Hex.of(segment.baseZxid()),
                            Hex.of(segment.lastZxid()),
                            segment.writtenBytes(),
                            segment.lengthBytes(),
                            segment.verdict() == Verdict.INTACT
                                    ? "intact"
                                    : segment.verdict() + ", " + segment.remark());
        }
    }

    private static Map<String, Object> fields(SegmentInspection segment) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("segment", segment.file());
        fields.put("cluster", segment.clusterId());
        fields.put("generation", segment.generation());
        fields.put("id", segment.segmentId());
        fields.put("after", Hex.of(segment.baseZxid()));
        fields.put("last", Hex.of(segment.lastZxid()));
        fields.put("batches", segment.batches());
        fields.put("records", segment.records());
        fields.put("writtenBytes", segment.writtenBytes());
        fields.put("lengthBytes", segment.lengthBytes());
        fields.put("verdict", segment.verdict());
        fields.put("remark", segment.remark());
        return fields;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
