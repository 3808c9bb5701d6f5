package io.pando.test.torture;

import io.pando.test.harness.Await;
import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Member;
import io.pando.test.harness.NewestLog;
import io.pando.test.harness.Relay;
import io.pando.test.harness.SmallDisk;
import io.pando.test.harness.Target;
import io.pando.test.torture.Fault.Direction;
import io.pando.test.torture.Whom.Rank;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Brings faults upon a site, and takes them away again. Used by one thread. */
final class Nemesis {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Site site;
    private final ClientLinks links;
    private final Ensemble ensemble;
    private final Target target;
    private final List<Ongoing> ongoing = new ArrayList<>();
    private final Set<Member> hurt = new HashSet<>();

    /** A fault that lasts, and how it ends. */
    private record Ongoing(String what, Remedy remedy) {}

    private interface Remedy {
        void apply() throws Exception;
    }

    Nemesis(Site site, ClientLinks links, Target target) {
        this.site = site;
        this.links = links;
        this.ensemble = site.ensemble();
        this.target = target;
    }

    /** Begins a fault. What it says is a sentence about that, or about why it did not. */
    String begin(Fault fault) throws Exception {
        Ongoing begun = switch (fault) {
            case Fault.Kill(Whom whom) -> kill(find(whom));
            case Fault.KillAll() -> killAll();
            case Fault.RestartInTurn() -> restartInTurn();
            case Fault.Freeze(Whom whom) -> freeze(find(whom));
            case Fault.Isolate(Whom whom) -> cut(find(whom), "is cut off from the other servers", ensemble::isolate);
            case Fault.Deafen(Whom whom) -> cut(find(whom), "does not hear the other servers", this::deafen);
            case Fault.Mute(Whom whom) -> cut(find(whom), "is not heard by the other servers", this::mute);
            case Fault.CutLink(Whom one, Whom other) -> cutLink(find(one), other);
            case Fault.SlowLinks(int ms) -> slowLinks(ms);
            case Fault.BreakLinks(Whom whom) -> breakLinks(find(whom));
            case Fault.SilenceClients(Whom whom, Direction direction) -> silenceClients(find(whom), direction);
            case Fault.BreakClients() -> breakClients();
            case Fault.FillDisk() -> fillDisk();
            case Fault.Damage(Whom whom) -> damage(whom);
            case Fault.Wipe(Whom whom) -> wipe(find(whom));
        };
        ongoing.add(begun);
        return begun.what();
    }

    /** Ends all that lasts, the last first. Some of it takes servers long, which {@link #awaitHealth} waits for. */
    void end() throws Exception {
        for (Ongoing each : ongoing.reversed()) each.remedy().apply();
        ongoing.clear();
        hurt.clear();
    }

    /** Returns when all servers serve; what is wrong with them if they don't come to that. */
    Optional<String> awaitHealth() {
        boolean settled = Await.happens(
                PATIENCE, () -> !dead().isEmpty() || (ensemble.findLeader().isPresent() && allServe()));
        if (settled && dead().isEmpty()) return Optional.empty();
        String wrong = dead().isEmpty()
                ? "These do not all serve " + PATIENCE.toSeconds() + " s after everything was healed."
                : dead() + " ended without being told to.";
        return Optional.of(wrong + "\n" + ensemble.describe());
    }

    private List<Member> dead() {
        return site.members().stream().filter(member -> !member.isAlive()).toList();
    }

    private boolean allServe() {
        return site.members().stream().allMatch(Member::isServing);
    }

    /** One whom nothing has happened to in this step, or anybody if there is none. */
    private Member find(Whom whom) {
        Optional<Member> leader = ensemble.findLeader();
        List<Member> unhurt =
                site.members().stream().filter(member -> !hurt.contains(member)).toList();
        List<Member> choice = unhurt.stream()
                .filter(member -> (whom.rank() == Rank.LEADER) == leader.equals(Optional.of(member)))
                .toList();
        if (choice.isEmpty()) choice = unhurt.isEmpty() ? site.members() : unhurt;
        Member found = choice.get(whom.draw() % choice.size());
        hurt.add(found);
        return found;
    }

    private String name(Member member) {
        return member + (ensemble.findLeader().equals(Optional.of(member)) ? ", the leader," : "");
    }

    private Ongoing kill(Member victim) {
        String what = name(victim) + " is killed";
        if (victim.isAlive()) victim.kill();
        return new Ongoing(what, () -> launch(victim));
    }

    private static void launch(Member victim) throws IOException {
        if (!victim.isAlive()) victim.launch();
    }

    private Ongoing killAll() {
        site.members().forEach(Member::kill);
        return new Ongoing("all servers are killed at once", () -> {
            for (Member member : site.members()) launch(member);
        });
    }

    private Ongoing restartInTurn() throws IOException {
        for (Member member : site.members()) {
            member.terminate();
            member.launch();
            if (!ensemble.serves(PATIENCE)) break;
        }
        return new Ongoing("all servers are stopped in order and started, one after the other", () -> {});
    }

    private Ongoing freeze(Member victim) throws IOException {
        String what = name(victim) + " is frozen";
        victim.freeze();
        return new Ongoing(what, () -> {
            if (victim.isAlive()) victim.thaw();
        });
    }

    private Ongoing cut(Member victim, String how, Consumer<Member> cut) {
        String what = name(victim) + " " + how;
        cut.accept(victim);
        return new Ongoing(what, ensemble::heal);
    }

    private void deafen(Member victim) {
        ensemble.othersThan(victim).forEach(other -> ensemble.cutOneWay(other, victim));
    }

    private void mute(Member victim) {
        ensemble.othersThan(victim).forEach(other -> ensemble.cutOneWay(victim, other));
    }

    private Ongoing cutLink(Member one, Whom whom) {
        Member other = find(whom);
        String what = name(one) + " and " + name(other) + " do not hear each other";
        ensemble.cut(one, other);
        return new Ongoing(what, ensemble::heal);
    }

    private Ongoing slowLinks(int ms) {
        ensemble.delay(ms);
        return new Ongoing("all that servers say to each other takes " + ms + " ms longer", ensemble::heal);
    }

    private Ongoing breakLinks(Member victim) {
        String what = "the connections of " + name(victim) + " with the other servers break";
        ensemble.othersThan(victim).forEach(other -> ensemble.reset(victim, other));
        return new Ongoing(what, () -> {});
    }

    private Ongoing silenceClients(Member victim, Direction direction) {
        Relay link = links.to(victim);
        String name = name(victim);
        String what = switch (direction) {
            case TO_SERVER -> {
                link.silenceToServer();
                yield name + " does not hear its clients";
            }
            case TO_CLIENT -> {
                link.silenceToClient();
                yield name + " is not heard by its clients";
            }
            case BOTH -> {
                link.silence();
                yield name + " is cut off from its clients";
            }
        };
        return new Ongoing(what, links::heal);
    }

    private Ongoing breakClients() {
        links.breakAll();
        return new Ongoing("the connections of all clients break", () -> {});
    }

    /** A server may end over it; that is no disgrace, and it is started again when there is room. */
    private Ongoing fillDisk() throws IOException {
        SmallDisk disk = site.disk().orElse(null);
        if (disk == null) return skipped("a full disk", site.whyNoDisk());
        Member victim = site.ownerOfDisk();
        hurt.add(victim);
        String what = "the disk of " + name(victim) + " is full";
        disk.fill();
        return new Ongoing(what, () -> {
            disk.free();
            launch(victim);
        });
    }

    private Ongoing damage(Whom whom) {
        if (target == Target.ZOOKEEPER) return skipped("a damaged log", "Apache ZooKeeper does not start with one");
        Member victim = find(whom);
        String name = name(victim);
        victim.kill();
        return new Ongoing(name + " is killed and " + damaged(victim), () -> launch(victim));
    }

    private static String damaged(Member victim) {
        try {
            NewestLog.in(victim.dataDir()).damageHalfWay();
            return "its newest log is damaged";
        } catch (IOException e) {
            return "nothing more, for it has no log yet that could be damaged";
        }
    }

    private Ongoing wipe(Member victim) throws IOException {
        String what = name(victim) + " is killed and loses all that it has stored";
        victim.kill();
        victim.wipe();
        return new Ongoing(what, () -> launch(victim));
    }

    private static Ongoing skipped(String what, String why) {
        return new Ongoing("skipped: " + what + " (" + why + ")", () -> {});
    }
}
