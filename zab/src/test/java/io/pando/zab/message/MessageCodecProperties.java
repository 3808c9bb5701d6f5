package io.pando.zab.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.pando.zab.message.Message.Refusal;
import io.pando.zab.message.Message.State;
import io.pando.zab.message.Message.SyncMode;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import io.pando.zab.model.Vote;
import io.pando.zab.model.Zxid;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;

/** What always holds of the codec, whatever is said and whatever arrives. */
class MessageCodecProperties {
    private static final MessageCodec CODEC = new MessageCodec(FrameLimits.DEFAULT);
    private static final List<String> NAMES = List.copyOf(GoldenMessages.BY_NAME.keySet());

    private static final int[] EXTREMES = {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0, 1 << 26, 129, 128};

    // Text and its parsing cost a few times the bytes, exceptions with their traces some kilobytes, classes that are
    // loaded on
    // the way some more. The lengths that damage puts in are far beyond.
    private static final long ALLOWED_BYTES = 1024 * 1024;
    private static final long ALLOWED_PER_BYTE = 64;

    @Property(tries = 2000)
    void what_was_encoded_is_decoded_to_the_same(@ForAll long seed) throws MalformedMessageException {
        Message message = anyMessage(new Random(seed));
        byte[] frame = GoldenMessages.bytesOf(CODEC.encode(message));

        Message decoded = CODEC.decode(GoldenMessages.body(frame));

        assertEquals(frame.length - Integer.BYTES, ByteBuffer.wrap(frame).getInt());
        assertEquals(message.toString(), decoded.toString());
        assertArrayEquals(frame, GoldenMessages.bytesOf(CODEC.encode(decoded)));
    }

    @Property(tries = 20_000)
    void a_damaged_frame_is_a_message_or_is_refused(
            @ForAll @IntRange(max = 20) int which, @ForAll @IntRange(min = 1, max = 4) int damages, @ForAll long seed) {
        byte[] frame = GoldenMessages.file(NAMES.get(which));
        Random random = new Random(seed);
        for (int i = 0; i < damages; i++) {
            frame = damaged(frame, random);
        }

        assertMessageOrRefused(frame);
    }

    @Example
    void an_extreme_number_anywhere_costs_no_memory() {
        for (String name : NAMES) {
            byte[] golden = GoldenMessages.file(name);
            for (int at = Integer.BYTES; at <= golden.length - Integer.BYTES; at++) {
                for (int extreme : EXTREMES) {
                    byte[] frame = golden.clone();
                    ByteBuffer.wrap(frame).putInt(at, extreme);
                    assertMessageOrRefused(frame);
                }
            }
        }
    }

    @Property(tries = 5000)
    void random_bytes_are_a_message_or_are_refused(@ForAll byte[] bytes) {
        byte[] frame = new byte[Integer.BYTES + bytes.length];
        System.arraycopy(bytes, 0, frame, Integer.BYTES, bytes.length);

        assertMessageOrRefused(frame);
    }

    private static void assertMessageOrRefused(byte[] frame) {
        ByteBuffer body = GoldenMessages.body(frame);
        long before = allocatedBytes();
        try {
            Message message = CODEC.decode(body);

            // One message, one encoding: so what was decoded is what was meant.
            byte[] again = GoldenMessages.bytesOf(CODEC.encode(message));
            assertEquals(body, GoldenMessages.body(again));
        } catch (MalformedMessageException refused) {
            Assertions.assertNotNull(refused.getMessage());
        }
        long allocated = allocatedBytes() - before;
        assertTrue(
                allocated < ALLOWED_BYTES + ALLOWED_PER_BYTE * frame.length,
                () -> allocated + " bytes were allocated for a frame of " + frame.length);
    }

    private static long allocatedBytes() {
        return ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getCurrentThreadAllocatedBytes();
    }

    /** Changes, cuts out, doubles or replaces by an extreme number some bytes behind the length. */
    private static byte[] damaged(byte[] frame, Random random) {
        int at = Integer.BYTES + random.nextInt(Math.max(1, frame.length - Integer.BYTES));
        if (at >= frame.length) {
            return frame;
        }
        return switch (random.nextInt(5)) {
            case 0 -> {
                frame[at] ^= (byte) (1 << random.nextInt(8));
                yield frame;
            }
            case 1 -> {
                frame[at] = (byte) random.nextInt();
                yield frame;
            }
            case 2 -> spliced(frame, at, Math.min(frame.length, at + 1 + random.nextInt(8)), new byte[0]);
            case 3 -> {
                byte[] more = new byte[1 + random.nextInt(8)];
                random.nextBytes(more);
                yield spliced(frame, at, at, more);
            }
            default -> {
                byte[] number = ByteBuffer.allocate(Integer.BYTES)
                        .putInt(EXTREMES[random.nextInt(EXTREMES.length)])
                        .array();
                yield spliced(frame, at, Math.min(frame.length, at + Integer.BYTES), number);
            }
        };
    }

    private static byte[] spliced(byte[] frame, int from, int to, byte[] instead) {
        return ByteBuffer.allocate(frame.length - (to - from) + instead.length)
                .put(frame, 0, from)
                .put(instead)
                .put(frame, to, frame.length - to)
                .array();
    }

    private static Message anyMessage(Random random) {
        int epoch = random.nextInt();
        return switch (random.nextInt(14)) {
            case 0 ->
                new Message.Notification(
                        any(State.values(), random),
                        random.nextLong(),
                        new Vote(random.nextLong(), random.nextLong()),
                        random.nextLong(),
                        epoch,
                        random.nextBoolean(),
                        random.nextBoolean() ? anyMembership(random) : null);
            case 1 -> new Message.Join(epoch, random.nextLong(), anyUuid(random), random.nextLong());
            case 2 -> new Message.NewEpoch(epoch, anyUuid(random));
            case 3 ->
                new Message.AckEpoch(epoch, random.nextLong(), random.nextLong(), anyEpochs(random), random.nextLong());
            case 4 -> new Message.Sync(epoch, any(SyncMode.values(), random), random.nextLong());
            case 5 -> new Message.Append(epoch, anyRecords(random), random.nextLong(), random.nextLong());
            case 6 -> new Message.Ack(epoch, random.nextLong(), random.nextLong(), random.nextBoolean());
            case 7 -> new Message.UpToDate(epoch, random.nextLong());
            case 8 -> new Message.Request(epoch, anyBytes(random));
            case 9 -> new Message.Answer(epoch, anyBytes(random));
            case 10 -> new Message.Barrier(epoch, random.nextLong());
            case 11 -> new Message.BarrierPassed(epoch, random.nextLong(), random.nextLong(), random.nextLong());
            case 12 -> new Message.Handover(epoch, random.nextLong());
            default -> new Message.Reject(any(Refusal.values(), random));
        };
    }

    private static <T> T any(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private static UUID anyUuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static ByteBuffer anyBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(100_000) : random.nextInt(100)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    private static EpochTable anyEpochs(Random random) {
        List<Long> lastZxids = new ArrayList<>();
        int epoch = 0;
        for (int i = random.nextInt(129); i > 0; i--) {
            epoch += 1 + random.nextInt(10_000_000);
            lastZxids.add(Zxid.of(epoch, random.nextInt()));
        }
        return new EpochTable(lastZxids);
    }

    private static Records anyRecords(Random random) {
        long zxid = Zxid.of(random.nextInt(1_000_000), random.nextInt());
        Records.Builder records = new Records.Builder(zxid);
        for (int i = random.nextInt(20); i > 0; i--) {
            boolean newEpoch = Zxid.counter(zxid) == -1 || random.nextInt(5) == 0;
            zxid = newEpoch ? Zxid.of(Zxid.epoch(zxid) + 1 + random.nextInt(3), 0) : zxid + 1;
            records.append(zxid, any(RecordType.values(), random), anyBytes(random));
        }
        return records.build();
    }

    private static Membership anyMembership(Random random) {
        List<Member> members = new ArrayList<>();
        members.add(Member.parse(0, "localhost:1:65535"));
        for (int id = 1; id < 1 + random.nextInt(8); id++) {
            Member member = new Member(
                    id,
                    "host-" + random.nextInt(100) + ".example",
                    1 + random.nextInt(65_535),
                    1 + random.nextInt(65_535),
                    any(Member.Role.values(), random),
                    random.nextInt(3),
                    random.nextInt(3),
                    random.nextBoolean() ? "" : "0.0.0.0:2181",
                    random.nextBoolean() ? Member.ANY_DATA : anyUuid(random));
            members.add(member);
        }
        return new Membership(random.nextLong(), members);
    }
}
