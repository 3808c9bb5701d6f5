package io.pando.test.differential;

import io.pando.test.harness.Body;
import io.pando.test.harness.Body.AclEntry;
import io.pando.test.harness.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Draws requests. What Pando means to answer differently is left out, and listed in {@code docs/compatibility.md}: types
 * of the servers' own, createTTL of a plain mode, a plain create of a container in a multi, null where a value is needed,
 * the empty path.
 */
final class Requests {
    private static final long LARGEST_TTL_MS = (1L << 40) - 1;
    private static final int[] UNKNOWN_OPS = {0, 13, -1, 10, 23, 99, 108, Integer.MIN_VALUE};

    private final RandomGenerator random;
    private final Paths paths;
    private final AccessLists accessLists;

    Requests(RandomGenerator random, Paths paths, AccessLists accessLists) {
        this.random = random;
        this.paths = paths;
        this.accessLists = accessLists;
    }

    Step.Request draw() {
        Step.Request request = sound();
        return random.nextInt(150) == 0 ? cutShort(request) : request;
    }

    private Step.Request sound() {
        int chance = random.nextInt(1000);
        if (chance < 300) return create(false);
        if (chance < 400) return delete();
        if (chance < 490) return setData();
        if (chance < 540) return setAcl();
        if (chance < 720) return read();
        if (chance < 740) return plain(Op.GET_ACL, "getACL", paths.draw());
        if (chance < 850) return multi();
        if (chance < 870) return multiRead();
        if (chance < 910) return addWatch();
        if (chance < 950) return watchesByType();
        if (chance < 960) return plain(Op.SYNC, "sync", paths.drawNamed());
        if (chance < 975) return plain(Op.GET_EPHEMERALS, "getEphemerals", paths.sensible());
        if (chance < 990) return plain(Op.GET_ALL_CHILDREN_NUMBER, "getAllChildrenNumber", paths.draw());
        if (chance < 997) return new Step.Request(Op.WHO_AM_I, Body.empty(), "whoAmI");
        int unknown = UNKNOWN_OPS[random.nextInt(UNKNOWN_OPS.length)];
        return new Step.Request(unknown, Body.versioned("/a", -1), "type " + unknown);
    }

    private Step.Request cutShort(Step.Request request) {
        byte[] whole = request.body().toBytes();
        int length = whole.length == 0 ? 0 : random.nextInt(whole.length);
        Body cut = Body.empty().raw(Arrays.copyOf(whole, length));
        return new Step.Request(request.op(), cut, request + ", cut after " + length + " bytes");
    }

    /** Inside a multi, ZooKeeper makes a plain create of any createTTL whose mode has no TTL. */
    private Step.Request create(boolean inMulti) {
        int op = pick(Op.CREATE, Op.CREATE, Op.CREATE2, Op.CREATE2, Op.CREATE_CONTAINER, Op.CREATE_TTL);
        String path = paths.drawNamed();
        byte[] data = data();
        List<AclEntry> drawn = accessLists.draw();
        List<AclEntry> acl = inMulti && drawn == null ? List.of() : drawn;
        int flags = flags(op, inMulti);
        Body body = Body.create(path, data, acl, flags);
        String text = op + " create " + show(path) + " " + Arrays.toString(data) + " " + acl + " flags " + flags;
        if (op != Op.CREATE_TTL) return new Step.Request(op, body, text);
        long ttlMs = ttl(flags);
        return new Step.Request(op, body.int64(ttlMs), text + " ttl " + ttlMs);
    }

    private int flags(int op, boolean inMulti) {
        if (!inMulti && random.nextInt(60) == 0) return pick(-1, 7, 8, 100, Integer.MAX_VALUE, Integer.MIN_VALUE);
        return switch (op) {
            case Op.CREATE_TTL -> random.nextInt(8) == 0 && !inMulti ? random.nextInt(7) : 5 + random.nextInt(2);
            case Op.CREATE_CONTAINER -> random.nextInt(8) == 0 ? random.nextInt(7) : 4;
            default -> random.nextInt(12) == 0 && !inMulti ? random.nextInt(7) : random.nextInt(4);
        };
    }

    private long ttl(int flags) {
        boolean wild = (flags != 5 && flags != 6) || random.nextInt(6) == 0;
        if (!wild) return 1_000_000L + random.nextInt(1_000_000);
        long[] bad = {0, LARGEST_TTL_MS, LARGEST_TTL_MS + 1, Long.MAX_VALUE, 1L << 56, -1, Long.MIN_VALUE};
        return bad[random.nextInt(flags == 5 || flags == 6 ? bad.length : bad.length - 2)];
    }

    private Step.Request delete() {
        String path = paths.draw();
        int version = version();
        return new Step.Request(
                Op.DELETE, Body.versioned(path, version), "delete " + show(path) + " version " + version);
    }

    private Step.Request setData() {
        String path = paths.drawNamed();
        byte[] data = data();
        int version = version();
        return new Step.Request(
                Op.SET_DATA,
                Body.setData(path, data, version),
                "setData " + show(path) + " " + Arrays.toString(data) + " version " + version);
    }

    private Step.Request setAcl() {
        String path = paths.drawNamed();
        List<AclEntry> acl = accessLists.draw();
        int version = version();
        return new Step.Request(
                Op.SET_ACL,
                Body.of(path).acl(acl).int32(version),
                "setACL " + show(path) + " " + acl + " version " + version);
    }

    private Step.Request check() {
        String path = paths.drawNamed();
        int version = version();
        return new Step.Request(Op.CHECK, Body.versioned(path, version), "check " + show(path) + " " + version);
    }

    private Step.Request read() {
        int op = pick(Op.EXISTS, Op.GET_DATA, Op.GET_CHILDREN, Op.GET_CHILDREN2);
        String path = paths.draw();
        boolean watch = random.nextBoolean();
        return new Step.Request(op, Body.read(path, watch), op + " read " + show(path) + " watch " + watch);
    }

    private static Step.Request plain(int op, String name, @Nullable String path) {
        return new Step.Request(op, Body.of(path), name + " " + show(path));
    }

    private Step.Request addWatch() {
        String path = paths.drawNamed();
        int mode = random.nextInt(15) == 0 ? pick(-1, 2, 3) : random.nextInt(2);
        return new Step.Request(Op.ADD_WATCH, Body.of(path).int32(mode), "addWatch " + show(path) + " mode " + mode);
    }

    private Step.Request watchesByType() {
        int op = pick(Op.REMOVE_WATCHES, Op.REMOVE_WATCHES, Op.CHECK_WATCHES);
        String path = paths.drawNamed();
        int type = random.nextInt(15) == 0 ? pick(0, -1, 6) : 1 + random.nextInt(5);
        return new Step.Request(op, Body.of(path).int32(type), op + " watches of " + show(path) + " type " + type);
    }

    private Step.Request multi() {
        List<Step.Request> operations = new ArrayList<>();
        for (int left = random.nextInt(5); left > 0; left--) {
            operations.add(
                    switch (random.nextInt(20)) {
                        case 0 -> setAcl();
                        case 1, 2, 3 -> check();
                        case 4, 5, 6, 7 -> delete();
                        case 8, 9, 10, 11 -> setData();
                        case 12 -> random.nextInt(4) == 0 ? read() : create(true);
                        default -> create(true);
                    });
        }
        return together(Op.MULTI, operations);
    }

    private Step.Request multiRead() {
        List<Step.Request> operations = new ArrayList<>();
        for (int left = random.nextInt(5); left > 0; left--) {
            String path = paths.draw();
            int op = pick(Op.GET_DATA, Op.GET_CHILDREN, Op.GET_DATA, Op.GET_CHILDREN, Op.EXISTS);
            operations.add(
                    op == Op.EXISTS && random.nextInt(4) > 0
                            ? plain(Op.GET_DATA, "getData", path)
                            : new Step.Request(op, Body.read(path, random.nextBoolean()), op + " " + show(path)));
        }
        return together(Op.MULTI_READ, operations);
    }

    private static Step.Request together(int op, List<Step.Request> operations) {
        Body body = Body.empty();
        operations.forEach(each -> body.operation(each.op(), each.body()));
        return new Step.Request(op, body.endOfOperations(), op + " multi " + operations);
    }

    private byte @Nullable [] data() {
        int chance = random.nextInt(10);
        if (chance == 0) return null;
        byte[] data = new byte[chance == 1 ? 0 : random.nextInt(20)];
        random.nextBytes(data);
        return data;
    }

    private int version() {
        int chance = random.nextInt(20);
        if (chance < 13) return -1;
        return chance == 19 ? pick(-2, 100, Integer.MAX_VALUE, Integer.MIN_VALUE) : random.nextInt(3);
    }

    private int pick(int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    static String show(@Nullable String path) {
        if (path == null) return "null";
        StringBuilder shown = new StringBuilder("\"");
        path.chars()
                .forEach(
                        c -> shown.append(c > ' ' && c < 127 ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return shown.append('"').toString();
    }
}
