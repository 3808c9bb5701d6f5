package io.pando.server.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.pando.server.config.ConfigException;
import io.pando.server.config.ConfigLoader;
import io.pando.server.config.ServerConfig;
import io.pando.server.config.Sources;
import io.pando.server.fourletter.FourLetterWords;
import io.pando.server.fourletter.ServerView;
import io.pando.session.ConnectRequest;
import io.pando.session.wire.Frames;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireWriter;
import io.pando.test.fuzz.Decoder;
import io.pando.test.fuzz.Decoder.Memory;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The first bytes of a client's connection: a handshake or a four-letter word. Here, since nobody else may know how they are told apart. */
public final class GreetingDecoder {
    private GreetingDecoder() {}

    public static Decoder make() {
        FourLetterWords words = new FourLetterWords(server());
        List<byte[]> seeds = new ArrayList<>();
        FourLetterWords.WORDS.forEach(word -> seeds.add(word.getBytes(UTF_8)));
        seeds.add("stmk\0\0\0\0\0\0\0\7".getBytes(UTF_8));
        ByteBuf handshake = Unpooled.buffer();
        new ConnectRequest(0, 1, 4000, 0, new byte[16], true, true).writeFrame(new WireWriter(handshake));
        seeds.add(ByteBufUtil.getBytes(handshake));
        return Decoder.of(
                "client-greeting",
                seeds,
                input -> switch (Greeting.take(Unpooled.wrappedBuffer(input), words, Frames.DEFAULT_MAX_BYTES)) {
                    case Greeting.Incomplete incomplete -> incomplete;
                    case Greeting.Command command -> command.answer();
                    case Greeting.Handshake shake -> shake;
                },
                new Memory(16),
                Set.of(MarshallingException.class));
    }

    /** A server that serves nobody yet, so that words about clients and the tree are answered by saying so. */
    private static ServerView server() {
        ServerConfig config;
        try {
            config = ConfigLoader.load(Sources.of("4lw.commands.whitelist=*")).config();
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
        return (ServerView) Proxy.newProxyInstance(
                ServerView.class.getClassLoader(),
                new Class<?>[] {ServerView.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "config" -> config;
                    case "isServing" -> false;
                    default -> throw new IllegalStateException("Not to be asked for " + method.getName());
                });
    }
}
