package io.pando.test.torture;

import io.pando.test.linearizability.Operation;
import io.pando.test.linearizability.Verdict.Linearizable;
import io.pando.test.linearizability.Verdict.NotLinearizable;
import io.pando.test.znodes.Generation;
import io.pando.test.znodes.Histories;
import io.pando.test.znodes.Znodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;

/**
 * Registers, sequences and sets of names that all clients write and read, linearizably: what every client was told has to fit into one
 * order, in which nothing comes before something that had ended when it began.
 *
 * <p>Generations are begun one after the other, by the client that ends the last.
 */
final class SharedZnodes implements Workload {
    private static final int CLIENTS = 6;
    private static final int LONGEST_PAUSE_MS = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Findings findings;
    private final String root;
    private final Histories histories = new Histories();
    private final List<Generation> generations = new CopyOnWriteArrayList<>();

    SharedZnodes(Findings findings, String root) {
        this.findings = findings;
        this.root = root + "/shared";
    }

    @Override
    public String name() {
        return "registers, sequences and sets";
    }

    @Override
    public void prepare(ZooKeeper client) throws KeeperException, InterruptedException {
        Generation first = new Generation(root, 0);
        first.create(client);
        generations.add(first);
    }

    @Override
    public List<Client> clients(String connectString, Supplier<Random> chances) {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Random chance = chances.get();
            SharingRole role = new SharingRole("sharer-" + i, this, new Session(connectString), chance);
            clients.add(new Client(role, chance, LONGEST_PAUSE_MS, findings.violations()));
        }
        return clients;
    }

    Generation generation() {
        return generations.getLast();
    }

    Histories histories() {
        return histories;
    }

    void violation(String what) {
        findings.violations().add(what);
    }

    /** Makes the znodes of the next; whoever ended the last has to come back until that is done. */
    void beginNext(Generation over, ZooKeeper client) throws KeeperException, InterruptedException {
        Generation next = over.next();
        next.create(client);
        generations.add(next);
    }

    @Override
    public void judge(List<Witness> witnesses, Findings found) throws Exception {
        for (Witness witness : witnesses) {
            Znodes znodes = new Znodes(witness.client(), witness.name(), histories);
            for (Generation generation : generations) {
                for (String register : generation.registers()) znodes.readSynced(register);
                znodes.listSynced(generation.sequence());
                znodes.namesSynced(generation.names());
            }
        }
        histories.verdicts(PATIENCE).forEach((about, verdict) -> {
            if (verdict instanceof NotLinearizable) found.violations().add(about + ": " + verdict);
            else if (!(verdict instanceof Linearizable)) found.undecided().add(about + ": " + verdict);
        });
    }

    @Override
    public String extent() {
        return "%,d operations on registers, %,d on sequences, %,d on sets, of which the outcome of %,d is not known"
                .formatted(
                        histories.registers().operations().size(),
                        histories.sequences().operations().size(),
                        histories.names().operations().size(),
                        unknown());
    }

    private long unknown() {
        return Stream.of(histories.registers(), histories.sequences(), histories.names())
                .flatMap(history -> history.operations().stream())
                .filter(operation -> operation.output() == null)
                .count();
    }

    @Override
    public void writeTo(Path folder) throws IOException {
        write(folder.resolve("registers.txt"), histories.registers().operations());
        write(folder.resolve("sequences.txt"), histories.sequences().operations());
        write(folder.resolve("sets.txt"), histories.names().operations());
    }

    /** By znode, and by the time of the call. */
    private static <I, O> void write(Path file, List<Operation<I, O>> operations) throws IOException {
        List<String> lines = new ArrayList<>();
        operations.stream()
                .sorted(Comparator.<Operation<I, O>, String>comparing(Operation::key)
                        .thenComparingLong(Operation::calledNanos))
                .forEach(operation -> lines.add(operation.key() + "  " + operation));
        Files.write(file, lines);
    }
}
