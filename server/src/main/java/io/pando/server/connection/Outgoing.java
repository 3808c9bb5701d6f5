package io.pando.server.connection;

import io.netty.buffer.ByteBuf;
import io.pando.datatree.ErrorCode;
import io.pando.server.figures.Turn;
import io.pando.server.socket.ClientSocket;
import io.pando.server.watch.Notification;
import io.pando.session.ConnectResponse;
import io.pando.session.Reply;
import io.pando.session.wire.WireWriter;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What goes out to one client: frames are gathered in one buffer and leave together, one write for a whole turn of the event
 * loop. A long reply leaves in pieces, each when the client has taken those before it, and in a turn that the loop gives to one connection at a time; what comes
 * behind it waits as well. So those who ask for much, however many they are, hold up nobody else for longer than a piece takes, and those who don't read cost
 * little memory. Event loop of the connection.
 */
final class Outgoing {
    private static final int INITIAL_BYTES = 1024;
    private static final int FULL_BYTES = 64 * 1024;

    /** A client that is being said farewell to has so long to take it: it holds a place, and memory, for nothing. */
    private static final int PATIENCE_SECONDS = 10;

    private final ClientSocket socket;
    private final Turn turn;
    private final Backlog backlog;
    private final ServingLoop.Turns turns;
    private @Nullable Gathered gathered; // behind the long reply, if there is one
    private @Nullable LongReply longReply;
    private @Nullable LongFrame longFrame; // what has become of it in its first turn
    private boolean awaitsTurn;
    private @Nullable Future<?> patience; // with who does not take the last

    // What the client has not taken and the socket does not know of; written by the event loop, read by those who look
    // for whoever holds most.
    private volatile long heldBytes;
    private volatile List<byte[]> borrowed = List.of();

    /** A reply that waits for its first turn. */
    private record LongReply(int xid, long zxid, Reply reply) {}

    /** Frames that leave together. */
    private record Gathered(ByteBuf bytes, WireWriter writer) {}

    /**
     * Nothing yet.
     *
     * @param backlog of all clients of the server
     * @param turns has {@link #sendPiece} called when others have had their turn
     */
    Outgoing(ClientSocket socket, Turn turn, Backlog backlog, ServingLoop.Turns turns) {
        this.socket = socket;
        this.turn = turn;
        this.backlog = backlog;
        this.turns = turns;
    }

    void reply(int xid, long zxid, Reply reply) {
        if (!isLongUnderWay() && reply.bytesExpected() >= FULL_BYTES) {
            flush();
            longReply = new LongReply(xid, zxid, reply);
            askForTurn();
        } else {
            int start = begin();
            reply.writeFrame(xid, zxid, gathered().writer());
            end(start);
        }
    }

    private boolean isLongUnderWay() {
        return longReply != null || longFrame != null;
    }

    private void askForTurn() {
        awaitsTurn = true;
        turns.awaitTurn();
    }

    /** Sends a piece of the long reply, if there is one; behind its last, what has come behind it. */
    void sendPiece() {
        awaitsTurn = false;
        LongReply first = longReply;
        if (first != null) {
            longReply = null;
            begin(new LongFrame(socket.allocator(), first.xid(), first.zxid(), first.reply()));
        }
        LongFrame frame = longFrame;
        if (frame == null) {
            return;
        }
        ByteBuf piece = frame.next(socket.allocator(), FULL_BYTES);
        heldBytes = copiedBytes() + gatheredBytes();
        send(piece);
        if (frame.isOver()) {
            end(frame);
            flush();
        }
    }

    private void begin(LongFrame frame) {
        longFrame = frame;
        borrowed = frame.borrowed();
        turn.sent(frame.bytesLeft());
        backlog.grewBy(frame.bytesLeft());
    }

    private void end(LongFrame frame) {
        frame.release();
        longFrame = null;
        borrowed = List.of();
        heldBytes = 0;
    }

    /** Asks for the next turn if there is more of the long reply, and the client takes it. */
    void goOn() {
        if (longFrame != null && !awaitsTurn && socket.isTaking()) {
            askForTurn();
        }
    }

    /** Sends as much as the client takes now: it is not waited for, so the rest would be for nobody. */
    void sendWhatIsTaken() {
        while (isLongUnderWay() && socket.isTaking()) {
            sendPiece();
        }
        flush();
    }

    /** Sends what is left of the long reply, whether the client takes it or not, and what has come behind it: there is nothing to come. */
    void sendRest() {
        while (isLongUnderWay()) {
            sendPiece();
        }
    }

    void failure(int xid, long zxid, ErrorCode code) {
        int start = begin();
        Reply.writeFailure(xid, zxid, code.code(), gathered().writer());
        end(start);
    }

    void event(Notification event) {
        int start = begin();
        event.writeFrame(gathered().bytes());
        end(start);
    }

    void handshake(ConnectResponse response) {
        response.writeFrame(gathered().writer());
    }

    /** The answer to a four-letter command: bare text, and the end. */
    void textAndClose(byte[] text) {
        gathered = gathering(text.length); // nothing was said before
        gathered.bytes().writeBytes(text);
        flushAndClose();
    }

    private long copiedBytes() {
        return longFrame == null ? 0 : longFrame.copiedBytes();
    }

    private long gatheredBytes() {
        return gathered == null ? 0 : gathered.bytes().readableBytes();
    }

    private Gathered gathered() {
        if (gathered == null) {
            gathered = gathering(0);
        }
        return gathered;
    }

    /** A buffer that grows copies what is in it, over and over: what is known to be long gets one of the right size. */
    private Gathered gathering(long bytesExpected) {
        ByteBuf bytes = socket.allocator().ioBuffer((int) Math.min(Integer.MAX_VALUE, INITIAL_BYTES + bytesExpected));
        return new Gathered(bytes, new WireWriter(bytes));
    }

    private int begin() {
        return gathered().bytes().writerIndex();
    }

    private void end(int start) {
        ByteBuf bytes = gathered().bytes();
        int length = bytes.writerIndex() - start;
        turn.sent(length);
        if (mustWait()) {
            heldBytes = copiedBytes() + gatheredBytes();
            backlog.grewBy(length);
        } else if (bytes.readableBytes() >= FULL_BYTES) {
            flush();
        }
    }

    /** Sends everything gathered, unless that must wait. */
    void flush() {
        Gathered full = gathered;
        if (full != null && !mustWait()) {
            gathered = null; // what is said from here on goes into the next buffer: this one is the socket's
            if (heldBytes != 0) { // rarely: others see what is written here, which takes its time
                heldBytes = 0;
            }
            send(full.bytes());
        }
    }

    /**
     * Whether what is gathered stays here: a long reply has to come first, or the client takes nothing anyway. In that case each turn would leave a buffer of its own
     * behind, which collections had to carry along by the ten thousands; so it leaves when it is long, or when the client takes what came before.
     */
    private boolean mustWait() {
        return isLongUnderWay() || (gatheredBytes() < FULL_BYTES && !socket.isTaking());
    }

    private void send(ByteBuf bytes) {
        int length = bytes.readableBytes();
        socket.send(bytes);
        backlog.grewBy(Math.min(length, unsentBytes()));
    }

    /** Sends everything gathered, then closes the connection; at once if the client doesn't take it for too long. */
    void flushAndClose() {
        sendRest();
        ByteBuf last = gathered().bytes();
        gathered = null;
        heldBytes = 0;
        int length = last.readableBytes();
        socket.sendLast(last);
        backlog.grewBy(Math.min(length, unsentBytes()));
        if (socket.isOpen()) {
            patience = socket.loop().schedule(socket::close, PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Gives back what was gathered for a client that is gone. */
    void discard() {
        if (patience != null) {
            patience.cancel(false);
        }
        longReply = null;
        if (longFrame != null) {
            end(longFrame);
        }
        if (gathered != null) {
            gathered.bytes().release();
            gathered = null;
        }
        heldBytes = 0;
    }

    /**
     * Whether the client takes what it is sent, and nothing long is on its way; if not, {@link ClientSocket.Listener#takesMore} says when it does again, or the turn
     * comes.
     */
    boolean takesMore() {
        return !isLongUnderWay() && socket.isTaking();
    }

    /** Bytes that the client has not taken yet, but for those that are {@link #borrowed}. Any thread. */
    long unsentBytes() {
        return heldBytes + socket.unsentBytes();
    }

    /** Data of znodes that the client has not taken yet, and others may hold as well. Any thread. */
    List<byte[]> borrowed() {
        return borrowed;
    }
}
