package io.pando.server.fourletter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the words and answers them, or says why it doesn't. One for each server; any thread.
 *
 * <p>An answer may look at files ({@code conf}, {@code dirs}) or at very many watches and sessions, of which it shows a bounded number; so it
 * is better not made on a thread that others wait for.
 */
public final class FourLetterWords {
    /** All that are recognised. Other first four bytes are the length of a handshake. */
    public static final List<String> WORDS = List.of(
            "conf", "cons", "crst", "dirs", "dump", "envi", "gtmk", "hash", "isro", "mntr", "ruok", "srst", "srvr",
            "stat", "stmk", "wchc", "wchp", "wchs");

    /** What telnet sends when its user interrupts: the connection is closed without a word. */
    private static final int TELNET_INTERRUPT = 0xfff4fffd;

    private static final String NOT_SERVING = "This ZooKeeper instance is not currently serving requests\n";
    private static final int WORD_BYTES = 4;
    private static final long DEFAULT_TRACE_MASK = 306;

    private final Map<Integer, Function<byte[], String>> commands = new HashMap<>();
    private final ServerView server;
    private final ConnectionWords connections;
    private final WatchWords watches;

    /** Only kept for those who ask: there is no trace log that it could steer. */
    private final AtomicLong traceMask = new AtomicLong(DEFAULT_TRACE_MASK);

    public FourLetterWords(ServerView server) {
        this.server = server;
        this.connections = new ConnectionWords(server);
        this.watches = new WatchWords(server);
        for (var word : WORDS) {
            commands.put(
                    ByteBuffer.wrap(word.getBytes(StandardCharsets.US_ASCII)).getInt(), bytes -> answer(word, bytes));
        }
        commands.put(TELNET_INTERRUPT, bytes -> "");
    }

    /**
     * The command that a connection begins with.
     *
     * @return what answers it, given all bytes that have arrived on the connection, the word included; null if the four bytes are no command
     */
    public @Nullable Function<byte[], String> commandOf(int firstFourBytes) {
        return commands.get(firstFourBytes);
    }

    /** How many bytes must have arrived before the command can be answered: only {@code stmk} brings something with it. */
    public int bytesNeeded(int firstFourBytes) {
        var setsTraceMask =
                ByteBuffer.wrap("stmk".getBytes(StandardCharsets.US_ASCII)).getInt();
        return firstFourBytes == setsTraceMask ? WORD_BYTES + Long.BYTES : WORD_BYTES;
    }

    /** The answer to one of {@link #WORDS}. */
    String answer(String word, byte[] bytes) {
        if (!server.config().fourLetterWords().contains(word)) {
            return word + " is not executed because it is not in the whitelist.\n";
        }
        return switch (word) {
            case "ruok" -> "imok";
            case "isro" -> isro();
            case "envi" -> EnvironmentWord.answer();
            case "gtmk" -> Long.toString(traceMask.get());
            case "stmk" -> setTraceMask(bytes);
            default -> server.isServing() ? answerServing(word) : NOT_SERVING;
        };
    }

    private String answerServing(String word) {
        return switch (word) {
            case "conf" -> ConfigWords.conf(server);
            case "dirs" -> ConfigWords.dirs(server.config().storage());
            case "srvr" -> connections.srvr();
            case "stat" -> connections.stat();
            case "cons" -> connections.cons();
            case "crst" -> connections.crst();
            case "srst" -> srst();
            case "mntr" -> MonitorWord.answer(server);
            case "dump" -> SessionWord.dump(server);
            case "wchs" -> watches.wchs();
            case "wchc" -> watches.wchc();
            case "wchp" -> watches.wchp();
            case "hash" -> hash();
            default -> throw new IllegalArgumentException("No four-letter word: " + word);
        };
    }

    private String isro() {
        if (!server.isServing()) {
            return "null";
        }
        return Mode.of(server).equals(Mode.READ_ONLY) ? "ro" : "rw";
    }

    private String setTraceMask(byte[] bytes) {
        if (bytes.length >= WORD_BYTES + Long.BYTES) {
            traceMask.set(ByteBuffer.wrap(bytes).getLong(WORD_BYTES));
        }
        return Long.toString(traceMask.get());
    }

    private String srst() {
        server.figures().reset();
        return "Server stats reset.\n";
    }

    private String hash() {
        var text = new StringBuilder();
        for (var digest : server.digests()) {
            text.append(Long.toHexString(digest.zxid()))
                    .append(": ")
                    .append(digest.digest())
                    .append('\n');
        }
        return text.toString();
    }
}
