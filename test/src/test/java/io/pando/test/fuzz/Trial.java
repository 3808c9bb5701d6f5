package io.pando.test.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** Holds a decoder to its promises with one input at a time. On one thread, whose allocations are counted. */
public final class Trial {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Decoder decoder;
    private long accepted;

    public Trial(Decoder decoder) {
        this.decoder = decoder;
    }

    /** How many inputs were read rather than refused. */
    public long accepted() {
        return accepted;
    }

    /**
     * Tries one input.
     *
     * @throws BrokenPromiseException if the decoder does with it what it must not
     */
    public void of(byte[] input) {
        Reading reading = read(input);
        if (reading.allocated > decoder.memory().of(input)) {
            // Perhaps it was the first to need a class, which was loaded by this thread.
            reading = read(input);
        }
        if (reading.allocated > decoder.memory().of(input)) {
            throw new BrokenPromiseException(
                    decoder,
                    input,
                    "it allocates " + reading.allocated + " bytes, more than the allowed "
                            + decoder.memory().of(input),
                    null);
        }
        if (reading.refusal != null && !isDocumented(reading.refusal)) {
            throw new BrokenPromiseException(
                    decoder, input, "it throws what is not documented: " + reading.refusal, reading.refusal);
        }
        if (reading.refusal == null) {
            accepted++;
            checkWriting(input, reading.value);
        }
    }

    /** What a decoder made of an input. */
    private record Reading(@Nullable Object value, @Nullable Throwable refusal, long allocated) {}

    private Reading read(byte[] input) {
        long before = threads.getCurrentThreadAllocatedBytes();
        Object value = null;
        Throwable refusal = null;
        try {
            value = decoder.reader().read(input);
        } catch (Exception | OutOfMemoryError | StackOverflowError e) {
            refusal = e;
        }
        return new Reading(value, refusal, threads.getCurrentThreadAllocatedBytes() - before);
    }

    private boolean isDocumented(Throwable refusal) {
        return decoder.refusals().stream().anyMatch(type -> type.isInstance(refusal));
    }

    private void checkWriting(byte[] input, @Nullable Object value) {
        Decoder.Writer writer = decoder.writer();
        if (writer == null || value == null) {
            return;
        }
        Object again;
        try {
            again = decoder.reader().read(writer.write(value));
        } catch (Exception e) {
            throw new BrokenPromiseException(decoder, input, "what it reads can't be written and read again: " + e, e);
        }
        String first = Described.of(value);
        String second = Described.of(again);
        if (!first.equals(second)) {
            throw new BrokenPromiseException(
                    decoder, input, "it reads " + first + ", and that is read as " + second + " once written", null);
        }
    }
}
