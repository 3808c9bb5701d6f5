package io.pando.server.rehearsal;

import io.pando.datatree.Acl;
import io.pando.datatree.CreateMode;
import io.pando.session.AddWatchMode;
import io.pando.session.OpCode;
import io.pando.session.ReadRequest;
import io.pando.session.Request;
import io.pando.session.WatchRequest;
import io.pando.session.WriteRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** All that clients usually ask of a server, each often enough for the JVM to know it, in a folder that nobody else has. */
final class Repertoire {
    static final byte[] DATA = new byte[100];

    private static final List<@Nullable Acl> OPEN = Collections.unmodifiableList(Acl.OPEN);
    private static final int TIMES = 4_000;
    private static final int SESSIONS = 300;
    private static final int PARTS = 10;
    private static final int PARTS_OF_A_LONG_MULTI = 5_000;
    private static final int LONG_MULTIS = 10;

    private final RehearsalClient client;
    private final String folder;

    /** @param folder the path of a znode that is not there yet */
    Repertoire(RehearsalClient client, String folder) {
        this.client = client;
        this.folder = folder;
    }

    /** Returns when everything is answered. */
    void play() throws IOException {
        client.ask(1, i -> create(folder));
        client.ask(TIMES, i -> create(path(i)));
        watches();
        multis();
        sessions();
        client.ask(TIMES, i -> new WriteRequest.Delete(path(i), -1));
    }

    private void watches() throws IOException {
        client.ask(1, i -> new WatchRequest.AddWatch(folder, AddWatchMode.PERSISTENT_RECURSIVE));
        client.ask(TIMES, i -> new ReadRequest.Exists(path(i), true));
        client.ask(TIMES, i -> new WriteRequest.SetData(path(i), DATA, -1));
    }

    private void multis() throws IOException {
        client.ask(TIMES / PARTS, i -> multi(PARTS, part -> checked(i * PARTS + part)));
        client.ask(TIMES / PARTS, i -> new ReadRequest.MultiRead(listOf(PARTS, part -> read(i * PARTS + part))));
        client.askOneByOne(
                LONG_MULTIS, i -> multi(PARTS_OF_A_LONG_MULTI, part -> new WriteRequest.SetData(path(part), DATA, -1)));
    }

    /** Sessions of their own, which leave something behind them. */
    private void sessions() throws IOException {
        for (int i = 0; i < SESSIONS; i++) {
            try (var passing = client.another()) {
                passing.ask(PARTS, part -> create(folder + "/passing-", CreateMode.EPHEMERAL_SEQUENTIAL));
                passing.ask(1, any -> new WriteRequest.CloseSession());
            }
        }
    }

    /** A change that depends on another znode, as those who hold a lock make it. */
    private WriteRequest.Part checked(int number) {
        return number % 2 == 0
                ? new WriteRequest.Check(path(number), -1)
                : new WriteRequest.SetData(path(number), DATA, -1);
    }

    private ReadRequest.Part read(int number) {
        return new ReadRequest.GetData(path(number), false);
    }

    private static Request multi(int parts, IntFunction<WriteRequest.Part> part) {
        return new WriteRequest.Multi(listOf(parts, part));
    }

    private static <T> List<T> listOf(int count, IntFunction<T> element) {
        List<T> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(element.apply(i));
        }
        return list;
    }

    private String path(int number) {
        return folder + "/znode-" + number % TIMES;
    }

    /** A lasting znode that everybody may do everything with. */
    static WriteRequest.Create create(String path) {
        return create(path, CreateMode.PERSISTENT);
    }

    private static WriteRequest.Create create(String path, CreateMode mode) {
        return WriteRequest.Create.of(OpCode.CREATE, path, DATA, OPEN, mode.flag());
    }
}
