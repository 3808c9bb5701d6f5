package io.pando.test.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes new inputs of old ones: a few small damages each, of the kinds that decoders are known to stumble over. */
final class Mutator {
    private static final int LONGEST_BYTES = 64 * 1024;
    private static final int[] INTERESTING = {
        0,
        1,
        -1,
        -2,
        2,
        0x7f,
        0x80,
        0xff,
        0x7fff,
        0xffff,
        0xfffff,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE - 8
    };

    private final RandomGenerator random;
    private final List<byte[]> corpus;

    Mutator(RandomGenerator random, List<byte[]> corpus) {
        this.random = random;
        this.corpus = corpus;
    }

    byte[] next() {
        byte[] input = any().clone();
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            input = damaged(input);
        }
        return input;
    }

    private byte[] any() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private byte[] damaged(byte[] input) {
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(input, random.nextInt(input.length + 1));
            case 1 -> spliced(input, noise(1 + random.nextInt(8)), 0);
            case 2 -> spliced(input, any(), 0);
            case 3 -> repeated(input);
            case 4 -> withNumber(input, Integer.BYTES);
            case 5 -> withNumber(input, Short.BYTES);
            case 6 -> without(input);
            default -> withByte(input);
        };
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** With a part of another put in. */
    private byte[] spliced(byte[] input, byte[] other, int removed) {
        int from = random.nextInt(other.length + 1);
        byte[] part = Arrays.copyOfRange(other, from, from + random.nextInt(other.length - from + 1));
        return replaced(input, random.nextInt(input.length + 1), removed, part);
    }

    /** With a part of its own many times. */
    private byte[] repeated(byte[] input) {
        int from = random.nextInt(input.length + 1);
        byte[] part = Arrays.copyOfRange(input, from, Math.min(input.length, from + 1 + random.nextInt(16)));
        byte[] many = new byte[part.length * (1 + random.nextInt(200))];
        for (int at = 0; at < many.length; at += part.length) {
            System.arraycopy(part, 0, many, at, part.length);
        }
        return replaced(input, from, 0, many);
    }

    private byte[] without(byte[] input) {
        int from = random.nextInt(input.length + 1);
        return replaced(input, from, Math.min(input.length - from, 1 + random.nextInt(16)), new byte[0]);
    }

    private byte[] withNumber(byte[] input, int bytes) {
        if (input.length < bytes) {
            return withByte(input);
        }
        byte[] changed = input.clone();
        int number = INTERESTING[random.nextInt(INTERESTING.length)];
        int at = random.nextInt(input.length - bytes + 1);
        for (int i = 0; i < bytes; i++) {
            changed[at + i] = (byte) (number >>> (8 * (bytes - 1 - i)));
        }
        return changed;
    }

    private byte[] withByte(byte[] input) {
        if (input.length == 0) {
            return noise(1);
        }
        byte[] changed = input.clone();
        int at = random.nextInt(input.length);
        changed[at] = (byte) (random.nextBoolean() ? random.nextInt() : changed[at] ^ (1 << random.nextInt(8)));
        return changed;
    }

    private static byte[] replaced(byte[] input, int at, int removed, byte[] by) {
        if (input.length + by.length - removed > LONGEST_BYTES) {
            return input;
        }
        byte[] result = new byte[input.length - removed + by.length];
        System.arraycopy(input, 0, result, 0, at);
        System.arraycopy(by, 0, result, at, by.length);
        System.arraycopy(input, at + removed, result, at + by.length, input.length - at - removed);
        return result;
    }
}
