package io.pando.test.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The inputs that are kept for a decoder: one a line in hexadecimal, below a comment that says what it once did with it. {@code 00*40} stands for forty
 * zeros, and a dash for no bytes at all.
 */
final class Corpus {
    private static final String NOTHING = "-";

    private Corpus() {}

    /** What is kept, and the decoder's own seeds. */
    static List<byte[]> of(Decoder decoder) {
        List<byte[]> all = new ArrayList<>(decoder.seeds());
        all.addAll(kept(decoder));
        return all;
    }

    static List<byte[]> kept(Decoder decoder) {
        try (InputStream in = Corpus.class.getResourceAsStream("/fuzz/" + decoder.name() + ".txt")) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .map(Corpus::bytesOf)
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytesOf(String line) {
        StringBuilder hex = new StringBuilder();
        for (String word : line.strip().split(" ", -1)) {
            String[] part = word.split("\\*", -1);
            hex.append(part.length == 1 ? word : part[0].repeat(Integer.parseInt(part[1])));
        }
        return hex.toString().equals(NOTHING) ? new byte[0] : HexFormat.of().parseHex(hex);
    }
}
