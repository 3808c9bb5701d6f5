package io.pando.test.micro;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pando.datatree.Acl;
import io.pando.datatree.Owner;
import io.pando.datatree.Txn;
import io.pando.datatree.encoding.TxnCodec;
import io.pando.session.OpCode;
import io.pando.session.Request;
import io.pando.session.RequestHeader;
import io.pando.session.WriteRequest;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import io.pando.zab.message.Frame;
import io.pando.zab.message.FrameLimits;
import io.pando.zab.message.MalformedMessageException;
import io.pando.zab.message.Message;
import io.pando.zab.message.MessageCodec;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A write as bytes, in the three forms that it takes: a client's request, a transaction in the log, a message among servers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
    private static final String PATH = "/folder-000123/znode-456";
    private static final int ROOM_BYTES = 1_024;

    private final byte[] data = new byte[100];
    private final List<@Nullable Acl> acl = new ArrayList<>(Acl.OPEN);
    private final WriteRequest request = WriteRequest.Create.of(OpCode.CREATE, PATH, data, acl, 0);
    private final ByteBuf frame = Unpooled.buffer(ROOM_BYTES);
    private final ByteBuf written = Unpooled.buffer(ROOM_BYTES);

    private final TxnCodec txns = new TxnCodec();
    private final Txn txn = new Txn.Create(PATH, data, Acl.OPEN, Owner.PERSISTENT);
    private final Output encoded = new Output(ROOM_BYTES);
    private final Output txnOut = new Output(ROOM_BYTES);
    private final Input txnIn = new Input();

    private final MessageCodec messages = new MessageCodec(FrameLimits.DEFAULT);
    private Message append = new Message.Ack(1, 0, 0, true);
    private ByteBuffer messageIn = ByteBuffer.allocate(0);

    @Setup
    public void encodeOnce() {
        request.writeFrame(1, new WireWriter(frame));
        txns.encode(txn, encoded);
        var payload = ByteBuffer.wrap(encoded.getBuffer(), 0, encoded.position());
        append = new Message.Append(1, Records.of(1, 2, RecordType.TXN, payload), 1, 0);
        Frame message = messages.encode(append);
        messageIn = ByteBuffer.allocate(message.lengthBytes())
                .put(message.head().duplicate())
                .put(message.tail().duplicate())
                .flip()
                .position(Integer.BYTES)
                .slice();
    }

    @Benchmark
    public ByteBuf requestWritten() {
        request.writeFrame(1, new WireWriter(written.clear()));
        return written;
    }

    @Benchmark
    public Request requestRead() throws MarshallingException {
        var in = new WireReader(frame.readerIndex(Integer.BYTES));
        RequestHeader.read(in);
        return Request.read(OpCode.CREATE, in);
    }

    @Benchmark
    public int txnWritten() {
        txnOut.setPosition(0);
        txns.encode(txn, txnOut);
        return txnOut.position();
    }

    @Benchmark
    public Txn txnRead() {
        txnIn.setBuffer(encoded.getBuffer(), 0, encoded.position());
        return txns.decode(txnIn);
    }

    @Benchmark
    public Frame messageWritten() {
        return messages.encode(append);
    }

    @Benchmark
    public Message messageRead() throws MalformedMessageException {
        return messages.decode(messageIn);
    }
}
