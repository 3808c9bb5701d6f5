package io.pando.test.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of a request, written field by field as in wire-protocol section 2; nothing is refused here. */
public final class Body {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** One entry of an access list. */
    public record AclEntry(
            int perms, @Nullable String scheme, @Nullable String id) {
        public static final AclEntry OPEN = new AclEntry(31, "world", "anyone");
        public static final List<AclEntry> EVERYTHING_TO_ANYONE = List.of(OPEN);

        @Override
        public String toString() {
            return scheme + ":" + id + ":" + perms;
        }
    }

    public static Body empty() {
        return new Body();
    }

    /** A body that starts with a path, as most do. */
    public static Body of(@Nullable String path) {
        return new Body().text(path);
    }

    /** create, create2, createContainer. */
    public static Body create(@Nullable String path, byte @Nullable [] data, int flags) {
        return create(path, data, AclEntry.EVERYTHING_TO_ANYONE, flags);
    }

    public static Body create(@Nullable String path, byte @Nullable [] data, @Nullable List<AclEntry> acl, int flags) {
        return of(path).buffer(data).acl(acl).int32(flags);
    }

    public static Body setData(@Nullable String path, byte @Nullable [] data, int version) {
        return of(path).buffer(data).int32(version);
    }

    /** delete and check. */
    public static Body versioned(@Nullable String path, int version) {
        return of(path).int32(version);
    }

    /** exists, getData, getChildren and getChildren2. */
    public static Body read(@Nullable String path, boolean watch) {
        return of(path).bool(watch);
    }

    public Body int32(int value) {
        return write(() -> out.writeInt(value));
    }

    public Body int64(long value) {
        return write(() -> out.writeLong(value));
    }

    public Body bool(boolean value) {
        return write(() -> out.writeBoolean(value));
    }

    public Body text(@Nullable String value) {
        return buffer(value == null ? null : value.getBytes(UTF_8));
    }

    public Body buffer(byte @Nullable [] value) {
        return write(() -> {
            out.writeInt(value == null ? -1 : value.length);
            if (value != null) out.write(value);
        });
    }

    public Body raw(byte[] value) {
        return write(() -> out.write(value));
    }

    public Body texts(@Nullable List<String> values) {
        int32(values == null ? -1 : values.size());
        if (values != null) values.forEach(this::text);
        return this;
    }

    public Body acl(@Nullable List<AclEntry> acl) {
        int32(acl == null ? -1 : acl.size());
        if (acl != null)
            acl.forEach(entry -> int32(entry.perms()).text(entry.scheme()).text(entry.id()));
        return this;
    }

    /** One operation of a multi or multiRead. */
    public Body operation(int type, Body operation) {
        return int32(type).bool(false).int32(-1).raw(operation.toBytes());
    }

    /** What stands behind the last operation. */
    public Body endOfOperations() {
        return int32(-1).bool(true).int32(-1);
    }

    public byte[] toBytes() {
        return bytes.toByteArray();
    }

    private Body write(Step step) {
        try {
            step.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail", e);
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
