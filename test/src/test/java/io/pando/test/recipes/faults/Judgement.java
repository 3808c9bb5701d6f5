package io.pando.test.recipes.faults;

import io.pando.test.recipes.faults.Entry.What;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what in a history must not be. */
public final class Judgement {
    private Judgement() {}

    /**
     * Of a line in which everybody gets what they want in the order in which they came. Who holds is alone, who shares is among others
     * who share; and since the number of a token is the place in the line, numbers say who may come after whom.
     */
    public static List<String> ofLine(List<Entry> history) {
        List<String> wrong = new ArrayList<>();
        Map<Long, String> owners = new HashMap<>();
        long highest = 0;
        long highestHolding = 0;
        Map<Long, What> inside = new HashMap<>();
        for (Entry entry : history) {
            long number = entry.number();
            String owner = owners.putIfAbsent(number, entry.who());
            if (owner != null && !owner.equals(entry.who())) wrong.add(entry + ": the token is that of " + owner);
            switch (entry.what()) {
                case HOLDS -> {
                    if (number <= highest) wrong.add(entry + " comes after " + highest);
                    highestHolding = Math.max(highestHolding, number);
                    inside.put(number, What.HOLDS);
                }
                case SHARES -> {
                    if (number <= highestHolding)
                        wrong.add(entry + " comes after " + highestHolding + " held it alone");
                    inside.put(number, What.SHARES);
                }
                case ENDS -> {
                    long latest = inside.get(number) == What.HOLDS ? highest : highestHolding;
                    if (latest > number) wrong.add(entry + ": " + latest + " was in before this one was out");
                }
                default -> wrong.add(entry + " does not belong here");
            }
            highest = Math.max(highest, number);
        }
        return wrong;
    }

    /** Of something that so many may have at once. Only who was certainly in from one entry to the other counts. */
    static List<String> ofLeases(List<Entry> history, int most) {
        List<String> wrong = new ArrayList<>();
        Map<Long, String> owners = new HashMap<>();
        Set<Long> ended = new HashSet<>();
        for (Entry entry : history) {
            if (entry.what() == What.ENDS) ended.add(entry.number());
        }
        Set<Long> inside = new HashSet<>();
        for (Entry entry : history) {
            String owner = owners.putIfAbsent(entry.number(), entry.who());
            if (owner != null && !owner.equals(entry.who())) wrong.add(entry + ": the token is that of " + owner);
            if (entry.what() == What.ENDS) {
                inside.remove(entry.number());
            } else if (ended.contains(entry.number())) {
                inside.add(entry.number());
                if (inside.size() > most) wrong.add(entry + ": with it " + inside.size() + " are in");
            }
        }
        return wrong;
    }

    /** Of a barrier: who came while it was there is not let through before it may be gone. */
    static List<String> ofBarrier(List<Entry> history) {
        List<String> wrong = new ArrayList<>();
        Set<String> held = new HashSet<>();
        boolean set = false;
        for (Entry entry : history) {
            switch (entry.what()) {
                case SETS -> set = true;
                case REMOVES -> {
                    set = false;
                    held.clear();
                }
                case COMES -> {
                    if (set) held.add(entry.who());
                }
                case PASSES -> {
                    if (held.contains(entry.who())) wrong.add(entry + " while the barrier was there");
                }
                default -> wrong.add(entry + " does not belong here");
            }
        }
        return wrong;
    }

    /**
     * Of a double barrier: who passes twice does so the second time after all others have come again. Where a session of somebody ended
     * in between nothing is said, for until the servers know of it a member counts twice.
     */
    static List<String> ofDoubleBarrier(List<Entry> history, Set<String> actors) {
        List<String> wrong = new ArrayList<>();
        Map<String, Long> sessions = new HashMap<>();
        Map<String, Set<String>> comeSince = new HashMap<>();
        for (Entry entry : history) {
            Long session = sessions.put(entry.actor(), entry.number());
            if (session != null && session != entry.number()) comeSince.clear();
            if (entry.what() == What.COMES) {
                comeSince.values().forEach(come -> come.add(entry.actor()));
            } else if (entry.what() == What.PASSES) {
                Set<String> come = comeSince.put(entry.actor(), new HashSet<>());
                if (come != null && !come.containsAll(actors)) wrong.add(entry + " when only " + come + " had come");
            }
        }
        return wrong;
    }
}
