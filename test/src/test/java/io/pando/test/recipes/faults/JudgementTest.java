package io.pando.test.recipes.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.pando.test.recipes.faults.Entry.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Histories that are known to be right or wrong are told apart. */
class JudgementTest {
    /** Words such as {@code "HOLDS 5 a, ENDS 5 a"}. */
    private static List<Entry> history(String text) {
        List<Entry> entries = new ArrayList<>();
        for (String each : text.split(", ", -1)) {
            String[] words = each.split(" ", 3);
            entries.add(new Entry(What.valueOf(words[0]), Long.parseLong(words[1]), words[2]));
        }
        return entries;
    }

    private static void assertRight(List<String> wrong) {
        assertEquals(List.of(), wrong);
    }

    private static void assertWrong(List<String> wrong) {
        assertNotEquals(List.of(), wrong);
    }

    @Test
    void one_after_the_other_is_right_also_when_one_is_not_seen_to_end() {
        assertRight(Judgement.ofLine(history("HOLDS 5 a, ENDS 5 a, HOLDS 7 b, HOLDS 9 a, ENDS 9 a")));
    }

    @Test
    void who_is_in_before_the_one_in_front_is_out_is_found() {
        assertWrong(Judgement.ofLine(history("HOLDS 5 a, HOLDS 7 b, ENDS 5 a")));
        assertWrong(Judgement.ofLine(history("SHARES 5 a, HOLDS 7 b, ENDS 5 a")));
        assertWrong(Judgement.ofLine(history("HOLDS 5 a, SHARES 7 b, ENDS 5 a")));
    }

    @Test
    void readers_may_be_in_together_and_in_any_order() {
        assertRight(Judgement.ofLine(history("SHARES 7 b, SHARES 5 a, ENDS 7 b, ENDS 5 a, HOLDS 8 c, ENDS 8 c")));
    }

    @Test
    void who_is_overtaken_is_found() {
        assertWrong(Judgement.ofLine(history("HOLDS 7 b, ENDS 7 b, HOLDS 5 a")));
        assertWrong(Judgement.ofLine(history("HOLDS 7 b, ENDS 7 b, SHARES 5 a")));
    }

    @Test
    void a_token_of_two_is_found() {
        assertWrong(Judgement.ofLine(history("HOLDS 5 a, HOLDS 5 b")));
        assertWrong(Judgement.ofLeases(history("HOLDS 5 a, ENDS 5 b"), 2));
    }

    @Test
    void more_leases_than_there_are_are_found() {
        assertRight(Judgement.ofLeases(history("HOLDS 5 a, HOLDS 6 b, ENDS 5 a, HOLDS 7 c, ENDS 6 b, ENDS 7 c"), 2));
        assertWrong(Judgement.ofLeases(history("HOLDS 5 a, HOLDS 6 b, HOLDS 7 c, ENDS 5 a, ENDS 6 b, ENDS 7 c"), 2));
        assertRight(Judgement.ofLeases(history("HOLDS 5 a, HOLDS 6 b, HOLDS 7 c, ENDS 6 b, ENDS 7 c"), 2));
    }

    @Test
    void who_passes_a_barrier_that_is_there_is_found() {
        assertRight(
                Judgement.ofBarrier(history("COMES 1 a, SETS 0 x, COMES 1 b, PASSES 1 a, REMOVES 0 x, PASSES 1 b")));
        assertWrong(Judgement.ofBarrier(history("SETS 0 x, COMES 1 b, PASSES 1 b, REMOVES 0 x")));
    }

    @Test
    void who_begins_before_all_have_come_is_found_unless_a_session_ended() {
        Set<String> both = Set.of("a", "b");
        String first = "COMES 1 a, COMES 2 b, PASSES 1 a, PASSES 2 b, COMES 1 a, ";
        assertRight(Judgement.ofDoubleBarrier(history(first + "COMES 2 b, PASSES 1 a"), both));
        assertWrong(Judgement.ofDoubleBarrier(history(first + "PASSES 1 a"), both));
        assertRight(Judgement.ofDoubleBarrier(history(first + "COMES 3 b.2, PASSES 1 a"), both));
    }
}
