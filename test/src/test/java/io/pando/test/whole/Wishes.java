package io.pando.test.whole;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.datatree.Acl;
import io.pando.session.AddWatchMode;
import io.pando.session.OpCode;
import io.pando.session.ReadRequest;
import io.pando.session.Request;
import io.pando.session.SessionRequest;
import io.pando.session.WatchRequest;
import io.pando.session.WriteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What a client asks for: few znodes, so that clients are in each other's way; every value is written once only. */
final class Wishes {
    private static final int PERSISTENT = 0;
    private static final int EPHEMERAL = 1;
    private static final int SEQUENTIAL = 2;
    private static final int REMEMBERED = 20;

    private final int client;
    private final SplittableRandom random;
    private final List<String> created = new ArrayList<>();
    private int values;

    Wishes(int client, SplittableRandom random) {
        this.client = client;
        this.random = random;
    }

    void forget() {
        created.clear();
    }

    /** Remembers sequential names, which nobody could guess. */
    void learn(Request request, Answer answer) {
        if (request instanceof WriteRequest.Create create
                && create.op() == OpCode.CREATE
                && (create.flags() & SEQUENTIAL) != 0
                && answer.code() == 0
                && created.size() < REMEMBERED) {
            created.add(
                    answer.body().substring("Path[path=".length(), answer.body().length() - 1));
        }
    }

    private String top() {
        return "/" + (char) ('a' + random.nextInt(3));
    }

    private String path() {
        if (!created.isEmpty() && random.nextInt(5) == 0) {
            return created.get(random.nextInt(created.size()));
        }
        return random.nextInt(3) == 0 ? top() : top() + "/" + (char) ('x' + random.nextInt(3));
    }

    private byte[] value() {
        return ("c" + client + ":" + values++).getBytes(UTF_8);
    }

    private int version() {
        return random.nextInt(3) == 0 ? random.nextInt(3) : -1;
    }

    private WriteRequest.Create create(String path, int flags) {
        OpCode op = random.nextBoolean() || (flags & SEQUENTIAL) != 0 ? OpCode.CREATE : OpCode.CREATE2;
        return WriteRequest.Create.of(op, path, value(), List.copyOf(Acl.OPEN), flags);
    }

    private WriteRequest.Part part() {
        return switch (random.nextInt(7)) {
            case 0, 1 -> create(path(), random.nextInt(4) == 0 ? EPHEMERAL : PERSISTENT);
            case 2 -> create(top() + "/n-", SEQUENTIAL | random.nextInt(2));
            case 3, 4 -> new WriteRequest.SetData(path(), value(), version());
            case 5 -> new WriteRequest.Delete(deletable(), version());
            default -> new WriteRequest.Check(path(), version());
        };
    }

    /** Rather one of the many that are created. */
    private String deletable() {
        return !created.isEmpty() && random.nextBoolean() ? created.remove(random.nextInt(created.size())) : path();
    }

    List<Request> next() {
        boolean watch = random.nextBoolean();
        return switch (random.nextInt(24)) {
            case 0, 1, 2 -> List.of(create(path(), PERSISTENT));
            case 3, 4 -> List.of(create(path(), EPHEMERAL));
            case 5, 6 -> List.of(create(top() + "/n-", SEQUENTIAL | random.nextInt(2)));
            case 7, 8, 9 -> List.of(new WriteRequest.SetData(path(), value(), version()));
            case 10, 11, 12 -> List.of(new WriteRequest.Delete(deletable(), version()));
            case 13, 14 -> List.of(multi());
            case 15, 16 -> List.of(new ReadRequest.GetData(path(), watch));
            case 17, 18 -> List.of(new ReadRequest.Exists(path(), watch));
            case 19 -> List.of(new ReadRequest.GetChildren(top(), watch));
            case 20 -> List.of(new ReadRequest.GetChildren2(path(), watch));
            case 21 ->
                List.of(new WatchRequest.AddWatch(
                        path(), watch ? AddWatchMode.PERSISTENT : AddWatchMode.PERSISTENT_RECURSIVE));
            case 22 -> {
                String path = path();
                yield List.of(new SessionRequest.Sync(path), new ReadRequest.GetData(path, watch));
            }
            default -> {
                String path = path();
                yield List.of(
                        new WriteRequest.SetData(path, value(), -1),
                        new ReadRequest.GetData(path, false),
                        new ReadRequest.GetChildren(top(), watch));
            }
        };
    }

    private WriteRequest.Multi multi() {
        List<WriteRequest.Part> parts = new ArrayList<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            parts.add(part());
        }
        return new WriteRequest.Multi(parts);
    }
}
