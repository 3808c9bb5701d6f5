package io.pando.recipes.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.client.Pando;
import io.pando.recipes.membership.Group;
import io.pando.recipes.membership.Member;
import io.pando.recipes.membership.Members;
import io.pando.recipes.membership.Membership;
import io.pando.recipes.membership.MembershipEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers that share a list of jobs: each takes the jobs whose number leaves its own place in the group as the remainder, and the places
 * change when workers come and go. {@code java … MembershipExample 127.0.0.1:2181}
 */
public final class MembershipExample {
    private static final Logger LOG = LoggerFactory.getLogger(MembershipExample.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private MembershipExample() {}

    public static void main(String[] args) throws Exception {
        run(args[0], LOG::info);
    }

    /** The whole of it. */
    public static void run(String servers, Consumer<String> say) throws Exception {
        // Two workers in one program; usually each is a process of its own, with a client of its own.
        try (Pando one = Pando.connect(servers).open();
                Pando two = Pando.connect(servers).open();
                Membership first = join(one, "worker-1");
                Members members = new Group(one, "/example/workers").watch()) {
            members.awaitInSync(PATIENCE);
            say.accept("Alone, worker-1 does " + jobsOf("worker-1", members.current()));

            CountDownLatch joined = new CountDownLatch(1);
            CountDownLatch left = new CountDownLatch(1);
            members.listen(event -> {
                if (event instanceof MembershipEvent.Joined who
                        && who.member().id().equals("worker-2")) {
                    joined.countDown();
                } else if (event instanceof MembershipEvent.Left) {
                    left.countDown();
                }
            });

            Membership second = join(two, "worker-2");
            joined.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            say.accept("In two, worker-1 does " + jobsOf("worker-1", members.current()) + " and worker-2 does "
                    + jobsOf("worker-2", members.current()));

            // It would go just so, only later, if the second process were killed: its session would end, and its znode
            // with it.
            second.close();
            left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            say.accept("Alone again, " + first.id() + " does " + jobsOf("worker-1", members.current()));
        }
    }

    private static Membership join(Pando pando, String id) throws Exception {
        Membership membership = new Group(pando, "/example/workers").join(id, "10.0.0.1:9000".getBytes(UTF_8));
        membership.awaitJoined(PATIENCE);
        return membership;
    }

    /**
     * Everybody who sees the same members comes to the same answer. While a change is under way two may see different ones; where a job
     * must not be done twice even then, take it under a lock, or from a queue.
     */
    private static List<Integer> jobsOf(String id, List<Member> members) {
        List<String> ids = members.stream().map(Member::id).sorted().toList();
        return List.of(0, 1, 2, 3, 4, 5).stream()
                .filter(job -> job % ids.size() == ids.indexOf(id))
                .toList();
    }
}
