package io.pando.zab.sim;

import io.pando.zab.election.Election;
import io.pando.zab.model.Vote;
import io.pando.zab.model.Zxid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * S17: elections alone, among voters of which some may not be elected. Three of them in every order in which messages can arrive, up to
 * a depth; five and seven in orders drawn from the seed. A server's state is a function of the order in which it has heard the others, so
 * orders that only differ in who was first among different receivers are one.
 */
final class ElectionOrders {
    static final String NAME = "S17";

    private static final int DEPTH = 12;
    private static final long WAIT = 30;

    /** Where the voters begin: their rounds, and whom each proposes at first. */
    private record Start(List<Long> rounds, List<Vote> own) {}

    /** One server says something to another. */
    private record Word(long round, Vote vote) {}

    private final Start start;
    private final int size;
    private final List<Election> elections = new ArrayList<>();
    private final List<List<Deque<Word>>> underWay = new ArrayList<>();
    // What each has said of itself, ever.
    private final List<Set<Word>> said = new ArrayList<>();

    private ElectionOrders(Start start) {
        this.start = start;
        this.size = start.own().size();
        for (int id = 0; id < size; id++) {
            said.add(new HashSet<>());
            List<Deque<Word>> outgoing = new ArrayList<>();
            for (int to = 0; to < size; to++) {
                outgoing.add(new ArrayDeque<>());
            }
            underWay.add(outgoing);
        }
        for (int id = 0; id < size; id++) {
            elections.add(election(id));
            tellAll(id);
        }
    }

    /** @throws SimFailure if an election goes wrong */
    static Simulation.Outcome run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Coverage coverage = new Coverage();
        long hash = everyOrder(drawn(3, random), coverage);
        for (int voters : new int[] {5, 7}) {
            for (int i = 0; i < 3; i++) {
                hash = hash * 31 + anyOrder(drawn(voters, random), random, coverage);
            }
        }
        return new Simulation.Outcome(coverage, hash, 0);
    }

    private static Start drawn(int voters, SplittableRandom random) {
        List<Long> rounds = new ArrayList<>();
        List<Vote> own = new ArrayList<>();
        boolean[] electable = new boolean[voters];
        electable[random.nextInt(voters)] = true;
        for (int id = 0; id < voters; id++) {
            rounds.add(1L + random.nextInt(3));
            boolean mayLead = electable[id] || random.nextInt(4) != 0;
            own.add(mayLead ? new Vote(Zxid.of(1 + random.nextInt(2), random.nextInt(2)), id) : Vote.NONE);
        }
        return new Start(rounds, own);
    }

    // ---- orders

    /** Every state that can be reached, once: by the shortest way to it. */
    private static long everyOrder(Start start, Coverage coverage) {
        Set<List<List<Integer>>> seen = new HashSet<>();
        Deque<List<int[]>> ways = new ArrayDeque<>();
        ways.add(List.of());
        long states = 0;
        while (!ways.isEmpty()) {
            List<int[]> way = ways.remove();
            ElectionOrders reached = new ElectionOrders(start);
            for (int[] step : way) {
                reached.deliver(step[0], step[1]);
            }
            states++;
            reached.check();
            for (int[] next : way.size() < DEPTH ? reached.possible() : List.<int[]>of()) {
                List<int[]> longer = new ArrayList<>(way);
                longer.add(next);
                if (seen.add(heardBy(start.own().size(), longer))) {
                    ways.add(longer);
                }
            }
        }
        coverage.count("elections in every order");
        return states;
    }

    private static List<List<Integer>> heardBy(int size, List<int[]> way) {
        List<List<Integer>> heard = new ArrayList<>();
        for (int id = 0; id < size; id++) {
            heard.add(new ArrayList<>());
        }
        way.forEach(step -> heard.get(step[1]).add(step[0]));
        return heard;
    }

    private static long anyOrder(Start start, SplittableRandom random, Coverage coverage) {
        ElectionOrders orders = new ElectionOrders(start);
        long steps = 0;
        for (List<int[]> possible = orders.possible(); !possible.isEmpty(); possible = orders.possible()) {
            int[] step = possible.get(random.nextInt(possible.size()));
            orders.deliver(step[0], step[1]);
            orders.check();
            steps++;
        }
        coverage.count("elections of " + start.own().size());
        return steps;
    }

    private List<int[]> possible() {
        List<int[]> possible = new ArrayList<>();
        for (int from = 0; from < size; from++) {
            for (int to = 0; to < size; to++) {
                if (!underWay.get(from).get(to).isEmpty()) {
                    possible.add(new int[] {from, to});
                }
            }
        }
        return possible;
    }

    private void deliver(int from, int to) {
        Word word = underWay.get(from).get(to).remove();
        Election receiver = elections.get(to);
        Word before = new Word(receiver.round(), receiver.vote());
        receiver.on(from, word.round(), word.vote());
        require(receiver.round() >= before.round(), "the round of server " + to + " has gone back");
        require(
                receiver.round() > before.round() || !before.vote().isAbove(receiver.vote()),
                "server " + to + " votes for a shorter history than before in round " + receiver.round());
    }

    // ---- servers

    private Election election(int id) {
        return new Election(
                id,
                true,
                start.own().get(id),
                start.rounds().get(id),
                WAIT,
                new Election.Electorate() {
                    @Override
                    public boolean suffices(Set<Long> agreed) {
                        return 2 * agreed.size() > size;
                    }

                    @Override
                    public Set<Long> linkedVoters() {
                        Set<Long> others = new HashSet<>();
                        for (long other = 0; other < size; other++) {
                            others.add(other);
                        }
                        others.remove((long) id);
                        return others;
                    }
                },
                new Election.Mail() {
                    @Override
                    public void toAll() {
                        tellAll(id);
                    }

                    @Override
                    public void to(long other) {
                        tell(id, (int) other);
                    }
                });
    }

    private void tellAll(int id) {
        for (int other = 0; other < size; other++) {
            if (other != id) {
                tell(id, other);
            }
        }
    }

    private void tell(int id, int other) {
        Election speaker = elections.get(id);
        Word word = new Word(speaker.round(), speaker.vote());
        said.get(id).add(word);
        speaker.told(other);
        underWay.get(id).get(other).add(word);
    }

    // ---- what must hold

    private void check() {
        boolean quiet = possible().isEmpty();
        Vote highest = Vote.NONE;
        for (Vote vote : start.own()) {
            highest = vote.isAbove(highest) ? vote : highest;
        }
        for (int id = 0; id < size; id++) {
            Election election = elections.get(id);
            OptionalLong atOnce = election.outcome(0);
            OptionalLong later = election.outcome(WAIT);
            require(atOnce.isEmpty() || atOnce.equals(later), "server " + id + " has changed its mind");
            if (later.isPresent()) {
                require(
                        later.getAsLong() == election.vote().leader(),
                        "server " + id + " elects " + later + ", but votes for " + election.vote());
                requireVoters(
                        id, new Word(election.round(), election.vote()), atOnce.isPresent() ? size : size / 2 + 1);
            }
            if (quiet) {
                require(
                        election.vote().equals(highest),
                        "server " + id + " votes for " + election.vote() + " at the end");
                require(atOnce.isPresent(), "server " + id + " waits, though all agree and are heard");
            }
        }
    }

    /** Who is elected has been voted for, in that very round, by so many. */
    private void requireVoters(int id, Word word, int needed) {
        long voters = said.stream().filter(words -> words.contains(word)).count();
        require(
                voters >= needed,
                "server " + id + " elects by " + word + ", which " + voters + " have said, not " + needed);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new SimFailure("S17: " + what);
        }
    }
}
