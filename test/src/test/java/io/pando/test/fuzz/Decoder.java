package io.pando.test.fuzz;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that reads bytes from outside, and what it promises whatever they are: it reads them or refuses them as documented, and takes no more
 * memory than a multiple of their length.
 *
 * @param name on the command line, and of its corpus
 * @param seeds inputs that make sense, to be mutated
 * @param reader reads an input
 * @param writer writes what was read, where it is promised that this reads as the same again; else null
 * @param refusals the documented exceptions
 * @param memory how much the thread may allocate while it reads
 */
public record Decoder(
        String name,
        List<byte[]> seeds,
        Reader reader,
        @Nullable Writer writer,
        Set<Class<? extends Exception>> refusals,
        Memory memory) {

    /** Reads one input. Values are compared by {@link Described}, so they may be of any type. */
    @FunctionalInterface
    public interface Reader {
        @Nullable
        Object read(byte[] input) throws Exception;
    }

    /** Writes what a reader has made of an input, in the form in which it came. */
    @FunctionalInterface
    public interface Writer {
        byte[] write(Object value) throws Exception;
    }

    /**
     * A bound of what is allocated. Four mebibytes go without saying: buffers, exceptions, and whatever the JVM links when code runs for the first time.
     *
     * @param perByte for each byte of an input: objects of the heap are larger than what stands for them on the wire
     */
    public record Memory(int perByte) {
        private static final long WITHOUT_SAYING_BYTES = 4 << 20;

        long of(byte[] input) {
            return WITHOUT_SAYING_BYTES + (long) perByte * input.length;
        }
    }

    /** A decoder of which nothing is promised about writing. */
    public static Decoder of(
            String name, List<byte[]> seeds, Reader reader, Memory memory, Set<Class<? extends Exception>> refusals) {
        return new Decoder(name, seeds, reader, null, refusals, memory);
    }

    /** The same decoder, whose values are written as well. */
    public Decoder writtenBy(Writer theWriter) {
        return new Decoder(name, seeds, reader, theWriter, refusals, memory);
    }

    @Override
    public String toString() {
        return name;
    }
}
