package io.pando.test.recipes.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.recipes.config.BadSettingException;
import io.pando.recipes.config.ConfigConflictException;
import io.pando.recipes.config.ConfigTree;
import io.pando.recipes.config.Configuration;
import io.pando.recipes.config.Edit;
import io.pando.recipes.config.Key;
import io.pando.test.harness.Await;
import io.pando.test.harness.Relay;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Settings have types and defaults, and are switched as a whole: nobody ever sees half of one configuration and half of another. */
abstract class Configurations extends DataRecipes {
    private static final Key<Integer> SIZE = Key.ofInt("pool/size", 10);
    private static final Key<Boolean> ON = Key.ofBoolean("on", true);
    private static final Key<Duration> TIMEOUT = Key.ofDuration("timeout", Duration.ofSeconds(5));

    private ConfigTree config(Pando pando) throws Exception {
        ConfigTree config = server().closing(new ConfigTree(pando, path("config")));
        config.awaitLoaded(PATIENCE);
        return config;
    }

    @Test
    void what_nobody_has_set_is_as_by_default_and_what_is_published_holds_everywhere() throws Exception {
        ConfigTree mine = config(pando());
        ConfigTree theirs = config(pando());
        assertEquals(10, mine.current().get(SIZE));
        assertEquals(true, mine.current().get(ON));

        Configuration published = mine.edit()
                .set(SIZE, 20)
                .set(ON, false)
                .set(TIMEOUT, Duration.ofMillis(1_500))
                .set("banner", "grüße")
                .set("empty", "")
                .publish();

        Await.until("it holds", () -> theirs.current().generation().equals(published.generation()));
        assertEquals(20, theirs.current().get(SIZE));
        assertEquals(false, theirs.current().get(ON));
        assertEquals(Duration.ofMillis(1_500), theirs.current().get(TIMEOUT));
        assertEquals("grüße", theirs.current().text("banner").orElseThrow());
        assertEquals("", theirs.current().text("empty").orElseThrow());
        assertEquals(published.texts(), theirs.current().texts());
        assertTrue(theirs.staleSince().isEmpty());
    }

    @Test
    void who_edits_what_is_no_longer_in_force_is_refused_and_changes_nothing() throws Exception {
        ConfigTree mine = config(pando());
        ConfigTree theirs = config(pando());
        Edit first = mine.edit().set(SIZE, 1);
        Edit second = theirs.edit().set(ON, false);
        Configuration published = first.publish();

        assertThrows(ConfigConflictException.class, second::publish);

        Await.until("it is known", () -> theirs.current().get(SIZE) == 1);
        theirs.edit().set(ON, false).publish();
        Await.until("both hold", () -> !mine.current().get(ON));
        assertEquals(1, mine.current().get(SIZE));
        assertEquals(Set.of("on"), mine.current().differencesTo(published));
    }

    @Test
    void listeners_hear_what_has_changed_and_of_a_setting_only_when_its_value_has() throws Exception {
        ConfigTree config = config(pando());
        List<Set<String>> changes = new CopyOnWriteArrayList<>();
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        config.listen(change -> changes.add(change.names()));
        config.listen(SIZE, sizes::add);

        publish(config, edit -> edit.set(ON, false));
        publish(config, edit -> edit.set(SIZE, 10)); // which is what holds by default
        publish(config, edit -> edit.set(SIZE, 11).remove(ON));

        Await.until("all is heard", () -> sizes.contains(11));
        assertEquals(List.of(Set.of("on"), Set.of("pool/size"), Set.of("on", "pool/size")), changes);
        assertEquals(List.of(11), sizes);
    }

    private interface Editing {
        Edit apply(Edit edit);
    }

    private static void publish(ConfigTree config, Editing editing) throws Exception {
        Configuration published = editing.apply(config.edit()).publish();
        Await.until("it holds", () -> config.current().generation().equals(published.generation()));
    }

    @Test
    void text_that_is_no_value_is_named_with_its_setting() throws Exception {
        ConfigTree config = config(pando());
        publish(config, edit -> edit.set("pool/size", "many"));

        var refused =
                assertThrows(BadSettingException.class, () -> config.current().get(SIZE));

        assertTrue(String.valueOf(refused.getMessage()).contains("\"many\" is no value of pool/size"));
        assertThrows(
                IllegalArgumentException.class,
                () -> config.edit().set("pool", "x").publish());
    }

    @Test
    void no_reader_ever_sees_half_a_configuration_while_links_are_cut() throws Exception {
        Relay relay = server().relay();
        ConfigTree reader = config(open(Pando.connect(relay.connectString())));
        ConfigTree writer = config(pando());
        Set<Map<String, String>> seen = new HashSet<>();
        List<String> halves = new CopyOnWriteArrayList<>();
        reader.listen(change -> {
            Set<String> values = Set.copyOf(change.after().texts().values());
            if (values.size() != 1 || change.after().texts().size() != 30) {
                halves.add(change.after().texts().toString());
            }
            seen.add(change.after().texts());
        });

        for (int round = 1; round <= 25; round++) {
            String value = "" + round;
            publish(writer, edit -> {
                for (int i = 0; i < 30; i++) {
                    edit.set("group" + i % 3 + "/setting" + i, value);
                }
                return edit;
            });
            if (round % 3 == 0) {
                relay.cut();
            }
        }

        Await.until("the last one holds", () -> reader.current().texts().containsValue("25"));
        assertEquals(List.of(), halves);
        assertTrue(seen.size() > 1, "several were seen");
    }

    @Test
    void old_generations_are_removed_and_the_newest_kept() throws Exception {
        Pando pando = pando();
        ConfigTree config = config(pando);
        for (int i = 0; i < 12; i++) {
            int size = i;
            publish(config, edit -> edit.set(SIZE, size));
        }

        assertEquals(
                6, pando.getChildren(path("config/generations")).now().names().size());
        assertEquals(11, config.current().get(SIZE));
    }

    @Test
    void a_configuration_may_be_larger_than_one_transaction() throws Exception {
        ConfigTree mine = config(pando());
        ConfigTree theirs = config(pando());
        String large = "x".repeat(200_000);

        publish(mine, edit -> {
            for (int i = 0; i < 8; i++) {
                edit.set("large/" + i, large);
            }
            return edit;
        });

        Await.until("it holds", () -> theirs.current().texts().size() == 8);
        assertEquals(large, theirs.current().text("large/7").orElseThrow());
    }
}
