package io.pando.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.datatree.Acl;
import io.pando.session.OpCode;
import io.pando.session.ReadRequest;
import io.pando.session.WriteRequest;
import java.util.List;

/** Requests in as few words as tests need. */
final class Requests {
    static final int EPHEMERAL = 1;
    static final int SEQUENTIAL = 2;

    private static final int ANY_VERSION = -1;

    private Requests() {}

    static WriteRequest.Create newZnode(String path) {
        return newZnode(path, 0);
    }

    static WriteRequest.Create newZnode(String path, int flags) {
        return WriteRequest.Create.of(OpCode.CREATE, path, new byte[0], List.copyOf(Acl.OPEN), flags);
    }

    static WriteRequest.SetData setData(String path, String data) {
        return new WriteRequest.SetData(path, data.getBytes(UTF_8), ANY_VERSION);
    }

    static WriteRequest.Delete delete(String path) {
        return new WriteRequest.Delete(path, ANY_VERSION);
    }

    static ReadRequest.GetData getData(String path) {
        return new ReadRequest.GetData(path, false);
    }

    static ReadRequest.GetData getDataAndWatch(String path) {
        return new ReadRequest.GetData(path, true);
    }

    static ReadRequest.Exists exists(String path) {
        return new ReadRequest.Exists(path, false);
    }

    static ReadRequest.Exists existsAndWatch(String path) {
        return new ReadRequest.Exists(path, true);
    }
}
