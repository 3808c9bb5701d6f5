package io.pando.test.recipes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.client.Pando;
import io.pando.client.error.PandoException;
import io.pando.client.error.Retry;
import io.pando.client.error.UnknownOutcomeException;
import io.pando.recipes.fencing.Acquirable;
import io.pando.recipes.lock.Lock;
import io.pando.recipes.persistent.PersistentNode;
import io.pando.recipes.readwrite.ReadWriteLock;
import io.pando.recipes.semaphore.Semaphore;
import io.pando.test.recipes.faults.Entry.What;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The program of a client process: plays all roles at once, until it is told to end, and then says that it has ended. */
final class Player {
    private static final long BETWEEN_TURNS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String LINE = "> ";

    private final Pando pando;
    private final String who;
    private final PrintStream out;
    private final List<Role> roles = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    // Set by the thread that is told to end, read by those of the roles.
    private volatile boolean over;

    private Player(Pando pando, String who, PrintStream out) {
        this.pando = pando;
        this.who = who;
        this.out = out;
    }

    /** Arguments: connect string, session timeout in ms, root, name of this one, number of actors. */
    public static void main(String[] arguments) throws Exception {
        Pando pando = Pando.connect(arguments[0])
                .sessionTimeout(Duration.ofMillis(Long.parseLong(arguments[1])))
                .backoff(Duration.ofMillis(20), Duration.ofMillis(300))
                .open();
        String who = arguments[3];
        Player player = new Player(pando, who, System.out);
        PersistentNode alive =
                PersistentNode.at(pando, Stage.under(arguments[2]).alive(who)).open();
        player.begin(Stage.under(arguments[2]), Integer.parseInt(arguments[4]));
        new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
        player.end();
        alive.close();
        pando.close();
        player.tell("ended", who);
    }

    private void begin(Stage stage, int actors) {
        Semaphore semaphore = Semaphore.of(pando, stage.semaphore(), Stage.LEASES, who);
        ReadWriteLock both = new ReadWriteLock(pando, stage.readWrite());
        roles.add(holding("lock", new Lock(pando, stage.lock(), who), What.HOLDS, stage.history("lock")));
        roles.add(holding("read", both.read(), What.SHARES, stage.history("rw")));
        roles.add(holding("write", both.write(), What.HOLDS, stage.history("rw")));
        roles.add(holding("semaphore", semaphore, What.SHARES, stage.history("semaphore")));
        roles.add(new LeadingRoles.ByLatch(pando, stage.latch(), stage.history("latch"), who));
        roles.add(new LeadingRoles.BySelector(pando, stage.selector(), stage.history("selector"), who));
        roles.add(new MeetingRoles.ByBarrier(pando, stage.barrier(), stage.history("barrier"), who));
        roles.add(new MeetingRoles.ByDoubleBarrier(pando, stage.doubleBarrier(), actors, stage.history("double"), who));
        roles.add(new QueueRoles.ByClaim(pando, stage.work(), stage.claims(), this::tell, who));
        roles.add(new QueueRoles.ByTaking(pando, stage.simple(), this::tell, who));
        for (Role role : roles) {
            Thread thread = new Thread(() -> play(role), "role-" + role.name());
            threads.add(thread);
            thread.start();
        }
    }

    private Role holding(String name, Acquirable wanted, What what, String history) {
        return new HoldingRole(name, wanted, what, pando, history, who);
    }

    private void play(Role role) {
        try {
            while (!over) {
                try {
                    if (role.turn()) tell("turn", role.name());
                } catch (PandoException mayHaveHappened) {
                    if (!isOfTheConnection(mayHaveHappened)) throw mayHaveHappened;
                }
                LockSupport.parkNanos(BETWEEN_TURNS_NANOS);
            }
            role.close();
        } catch (Exception | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            tell("failed", role.name() + ": " + trace.toString().replace("\n", " | "));
        }
    }

    /** Whatever else a role is told is a mistake of the recipe. */
    private static boolean isOfTheConnection(PandoException failure) {
        return failure instanceof UnknownOutcomeException || failure.retry() == Retry.SAFE;
    }

    private void tell(String what, String about) {
        out.println(LINE + what + " " + about);
    }

    private void end() throws InterruptedException {
        over = true;
        for (Thread thread : threads) thread.join();
    }

    /** What a line tells, or null if it is of the log. */
    static @Nullable String told(String line) {
        return line.startsWith(LINE) ? line.substring(LINE.length()) : null;
    }
}
