package io.pando.server.core;

import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.datatree.Password;
import io.pando.datatree.Txn;
import io.pando.datatree.encoding.MalformedTxnException;
import io.pando.session.WriteRequest;
import io.pando.session.wire.MarshallingException;
import io.pando.test.fuzz.Decoder;
import io.pando.test.fuzz.Decoder.Memory;
import io.pando.test.fuzz.TreeDecoders;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What servers say to one another about their clients, and the payloads of the log. Here, since nobody else may know them. */
public final class CoreDecoders {
    private CoreDecoders() {}

    public static List<Decoder> all() {
        return List.of(peerWord(), envelope());
    }

    private static Decoder peerWord() {
        List<Id> identities = List.of(new Id("ip", "10.0.0.1"), new Id("digest", "a:b"));
        List<PeerWord> words = List.of(
                new PeerWord.Write(
                        1, 2, new Ask.Write(3, 4, identities, new WriteRequest.SetData("/a", new byte[3], -1))),
                new PeerWord.Write(
                        1,
                        2,
                        new Ask.Write(
                                3, 4, identities, new WriteRequest.Multi(List.of(new WriteRequest.Delete("/a", -1))))),
                new PeerWord.Write(1, 2, new Ask.Write(3, 4, identities, new WriteRequest.CloseSession())),
                new PeerWord.Begin(1, 2, new Txn.CreateSession(3, 4000, new Password(0, 0))),
                new PeerWord.Attached(1, 2, 3),
                new PeerWord.Heard(List.of(1L, 2L)),
                new PeerWord.Refused(1, ErrorCode.SESSION_MOVED),
                new PeerWord.Moved(1));
        return Decoder.of(
                        "peer-word",
                        words.stream()
                                .map(word -> bytesOf(PeerWord.encode(word)))
                                .toList(),
                        input -> PeerWord.decode(ByteBuffer.wrap(input)),
                        new Memory(24),
                        Set.of(MarshallingException.class))
                .writtenBy(value -> bytesOf(PeerWord.encode((PeerWord) value)));
    }

    private static Decoder envelope() {
        Envelope.Codec codec = new Envelope.Codec();
        List<byte[]> seeds = new ArrayList<>();
        for (Txn txn : TreeDecoders.txns()) {
            seeds.add(bytesOf(codec.encode(new Envelope(1, 2, 3, 4, 5, txn))));
        }
        return Decoder.of(
                        "envelope",
                        seeds,
                        input -> codec.decode(ByteBuffer.wrap(input)),
                        new Memory(64),
                        Set.of(MalformedTxnException.class))
                .writtenBy(value -> bytesOf(codec.encode((Envelope) value)));
    }

    private static byte[] bytesOf(ByteBuffer encoded) {
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }
}
