package io.pando.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.zookeeper.CreateMode.EPHEMERAL;
import static org.apache.zookeeper.CreateMode.PERSISTENT;
import static org.apache.zookeeper.ZooDefs.Ids.OPEN_ACL_UNSAFE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.testing.junit.TestEnsembleExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of {@code docs/testing.md}, as they stand there. */
@Timeout(60)
@SuppressWarnings("try") // Apache's client may be interrupted while it is closed: no example has to care.
class GuideTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void the_greeting_outlives_the_leader() throws Exception {
        try (var ensemble = TestEnsemble.start(3);
                var client = new ZooKeeper(ensemble.followers().get(0).connectString(), 10_000, event -> {})) {
            client.create("/greeting", "hello".getBytes(UTF_8), OPEN_ACL_UNSAFE, PERSISTENT);

            ensemble.leader().kill();
            ensemble.awaitServing();

            assertEquals("hello", new String(client.getData("/greeting", false, null), UTF_8));
        }
    }

    @RegisterExtension
    static final TestEnsembleExtension ensembles = TestEnsembleExtension.of(3);

    @Test
    void an_expired_session_loses_what_it_held(TestEnsemble ensemble) throws Exception {
        try (var holder = new ZooKeeper(ensemble.connectString(), 10_000, event -> {});
                var other = new ZooKeeper(ensemble.connectString(), 10_000, event -> {})) {
            holder.create("/held", new byte[0], OPEN_ACL_UNSAFE, EPHEMERAL);

            ensemble.expire(holder.getSessionId());

            other.sync("/held");
            assertNull(other.exists("/held", false));
        }
    }

    @Test
    void the_examples_of_the_guide_are_those_that_run_here() throws Exception {
        String here = withoutLayout(Files.readString(
                Path.of("src/test/java").resolve(GuideTest.class.getName().replace('.', '/') + ".java")));
        List<String> examples = EXAMPLE.matcher(Files.readString(ROOT.resolve("docs/testing.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertEquals(2, examples.size());
        for (String example : examples) {
            assertTrue(here.contains(withoutLayout(example)), example);
        }
    }

    private static String withoutLayout(String code) {
        return code.replaceAll("\\s+", "");
    }
}
