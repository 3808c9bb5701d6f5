package io.pando.session;

import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;

/**
 * What a client may ask, after the handshake: one record per shape of request, in four families by the way they go
 * through a server. What the wire calls null is refused here wherever no answer could be made of it, so that nobody
 * behind the decoder has to think of it; the rest is for the server to judge, in the order ZooKeeper does.
 */
public sealed interface Request permits ReadRequest, SessionRequest, WatchRequest, WriteRequest {
    OpCode op();

    /** Writes the body, which is what follows the header. */
    void write(WireWriter out);

    /** Writes a whole frame: length, header and body. */
    default void writeFrame(int xid, WireWriter out) {
        int frame = out.beginFrame();
        new RequestHeader(xid, op().number()).write(out);
        write(out);
        out.endFrame(frame);
    }

    /**
     * Reads the body of a request; bytes behind it are left unread.
     *
     * @param op one that {@linkplain OpCode#mayComeFromConnection may come from a connection}
     * @throws MarshallingException when the bytes are not such a request
     */
    static Request read(OpCode op, WireReader in) throws MarshallingException {
        return switch (op) {
            case CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL -> WriteRequest.Create.read(op, in);
            case DELETE -> WriteRequest.Delete.read(in);
            case SET_DATA -> WriteRequest.SetData.read(in);
            case SET_ACL -> WriteRequest.SetAcl.read(in);
            case MULTI -> WriteRequest.Multi.read(in);
            case RECONFIG -> WriteRequest.Reconfig.read(in);
            case CLOSE_SESSION -> new WriteRequest.CloseSession();
            case EXISTS -> ReadRequest.Exists.read(in);
            case GET_DATA -> ReadRequest.GetData.read(in);
            case GET_ACL -> ReadRequest.GetAcl.read(in);
            case GET_CHILDREN -> ReadRequest.GetChildren.read(in);
            case GET_CHILDREN2 -> ReadRequest.GetChildren2.read(in);
            case GET_EPHEMERALS -> ReadRequest.GetEphemerals.read(in);
            case GET_ALL_CHILDREN_NUMBER -> ReadRequest.GetAllChildrenNumber.read(in);
            case MULTI_READ -> ReadRequest.MultiRead.read(in);
            case SET_WATCHES -> WatchRequest.SetWatches.read(in);
            case SET_WATCHES2 -> WatchRequest.SetWatches.readWithPersistent(in);
            case ADD_WATCH -> WatchRequest.AddWatch.read(in);
            case REMOVE_WATCHES -> WatchRequest.RemoveWatches.read(in);
            case CHECK_WATCHES -> WatchRequest.CheckWatches.read(in);
            case PING -> new SessionRequest.Ping();
            case SYNC -> SessionRequest.Sync.read(in);
            case AUTH -> SessionRequest.Auth.read(in);
            case SASL -> SessionRequest.Sasl.read(in);
            case WHO_AM_I -> new SessionRequest.WhoAmI();
            case CHECK, CREATE_SESSION, DELETE_CONTAINER, ERROR, NOTIFICATION ->
                throw new MarshallingException(op + " is not a request that a client may send");
        };
    }
}
