package io.pando.datatree.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.pando.datatree.Acl;
import io.pando.datatree.Id;
import io.pando.datatree.Password;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pieces that txns and snapshots are made of. Text is kept as its UTF-16 units, one byte each where all of them fit,
 * so that whatever text a leader decided on comes back as it was, lone surrogates included. Lengths that are read are
 * believed only as far as bytes follow.
 */
final class Fields {
    /** So much is allocated on the word of a length, and more only as bytes arrive. */
    private static final int CREDIT_BYTES = 1 << 16;

    private Fields() {}

    static void writeText(Output output, String text) {
        boolean wide = isWide(text);
        byte[] bytes = wide ? wideBytes(text) : text.getBytes(ISO_8859_1);
        output.writeVarInt((text.length() << 1) | (wide ? 1 : 0), true);
        output.writeBytes(bytes);
    }

    static String readText(Input input) {
        int header = input.readVarInt(true);
        int length = lengthBytes(header);
        if ((header & 1) != 0) {
            return wideText(readBytes(input, length));
        }
        if (length <= input.limit() - input.position()) {
            String text = new String(input.getBuffer(), input.position(), length, ISO_8859_1);
            input.setPosition(input.position() + length);
            return text;
        }
        return new String(readBytes(input, length), ISO_8859_1);
    }

    /** Writes the text that the first {@code lengthBytes} of {@code utf8} are, as {@link #writeText} would. */
    static void writeUtf8(Output output, byte[] utf8, int lengthBytes) {
        if (isAscii(utf8, lengthBytes)) {
            output.writeVarInt(lengthBytes << 1, true);
            output.writeBytes(utf8, 0, lengthBytes);
        } else {
            writeText(output, new String(utf8, 0, lengthBytes, UTF_8));
        }
    }

    /** Reads what {@link #writeText} wrote. Text that UTF-8 can't say, for it has lone surrogates, comes back with '?' in it. */
    static byte[] readUtf8(Input input) {
        int header = input.readVarInt(true);
        boolean wide = (header & 1) != 0;
        byte[] bytes = readBytes(input, lengthBytes(header));
        if (wide) {
            return wideText(bytes).getBytes(UTF_8);
        }
        return isAscii(bytes, bytes.length) ? bytes : new String(bytes, ISO_8859_1).getBytes(UTF_8);
    }

    static void writeData(Output output, byte @Nullable [] data) {
        if (data == null) {
            output.writeVarInt(0, true);
        } else {
            output.writeVarInt(data.length + 1, true);
            output.writeBytes(data);
        }
    }

    static byte @Nullable [] readData(Input input) {
        int header = input.readVarInt(true);
        return header == 0 ? null : readBytes(input, header - 1);
    }

    static Password readPassword(Input input) {
        try {
            return Password.of(readData(input));
        } catch (IllegalArgumentException e) {
            throw new KryoException(e);
        }
    }

    static void writeEntries(Output output, List<Acl> acl) {
        output.writeVarInt(acl.size(), true);
        for (Acl entry : acl) {
            output.writeVarInt(entry.perms(), true);
            writeText(output, entry.id().scheme());
            writeText(output, entry.id().id());
        }
    }

    static List<Acl> readEntries(Input input) {
        int count = readCount(input);
        List<Acl> entries = new ArrayList<>(Math.min(count, 8));
        for (int i = 0; i < count; i++) {
            entries.add(new Acl(input.readVarInt(true), new Id(readText(input), readText(input))));
        }
        return List.copyOf(entries);
    }

    static int readCount(Input input) {
        int count = input.readVarInt(true);
        if (count < 0) {
            throw new KryoException("A count can't be " + count);
        }
        return count;
    }

    private static byte[] readBytes(Input input, int length) {
        if (length < 0) {
            throw new KryoException("A length can't be " + length);
        }
        if (length <= CREDIT_BYTES || length <= input.limit() - input.position()) {
            return input.readBytes(length);
        }
        byte[] bytes = new byte[CREDIT_BYTES];
        int read = 0;
        while (read < length) {
            if (read == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * read));
            }
            input.readBytes(bytes, read, bytes.length - read);
            read = bytes.length;
        }
        return bytes;
    }

    private static int lengthBytes(int headerOfText) {
        int units = headerOfText >>> 1;
        return (headerOfText & 1) != 0 ? Math.multiplyExact(units, 2) : units;
    }

    private static boolean isAscii(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWide(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xff) {
                return true;
            }
        }
        return false;
    }

    private static byte[] wideBytes(String text) {
        byte[] bytes = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes[2 * i] = (byte) (c >>> 8);
            bytes[2 * i + 1] = (byte) c;
        }
        return bytes;
    }

    private static String wideText(byte[] bytes) {
        char[] units = new char[bytes.length / 2];
        for (int i = 0; i < units.length; i++) {
            units[i] = (char) (((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff));
        }
        return new String(units);
    }
}
