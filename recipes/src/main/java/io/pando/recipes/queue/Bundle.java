package io.pando.recipes.queue;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * How one znode of a {@link WorkQueue} holds its items, as Curator's queues do: four bytes {@code 00 01 00 01}, then for each item a
 * byte 1, its length in four bytes, and its bytes; at the end a byte 2.
 */
final class Bundle {
    private static final int VERSION = 0x00010001;
    private static final byte ITEM = 1;
    private static final byte END = 2;

    private Bundle() {}

    static byte[] encode(List<byte[]> items) {
        int length = Integer.BYTES + 1;
        for (byte[] item : items) {
            length += 1 + Integer.BYTES + item.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(length).putInt(VERSION);
        for (byte[] item : items) {
            buffer.put(ITEM).putInt(item.length).put(item);
        }
        return buffer.put(END).array();
    }

    /**
     * The items.
     *
     * @throws IllegalArgumentException saying in what the data is not such a bundle
     */
    static List<byte[]> decode(byte[] data) {
        ByteBuffer buffer = ByteBuffer.wrap(data);
        List<byte[]> items = new ArrayList<>(1);
        try {
            int version = buffer.getInt();
            if (version != VERSION) {
                throw new IllegalArgumentException("begins with 0x" + Integer.toHexString(version));
            }
            for (byte kind = buffer.get(); kind != END; kind = buffer.get()) {
                int length = kind == ITEM ? buffer.getInt() : -1;
                if (length < 0 || length > buffer.remaining()) {
                    throw new IllegalArgumentException("has no item at byte " + buffer.position());
                }
                byte[] item = new byte[length];
                buffer.get(item);
                items.add(item);
            }
            return items;
        } catch (BufferUnderflowException tooShort) {
            throw new IllegalArgumentException("ends after " + data.length + " bytes", tooShort);
        }
    }
}
