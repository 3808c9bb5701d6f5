package io.pando.datatree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TrieTest {
    @Property
    void a_trie_holds_what_a_map_would_hold_after_the_same_changes(
            @ForAll("names") List<String> changed, @ForAll("names") List<String> sought) {
        Map<String, Item> map = new HashMap<>();
        Trie<Item> trie = Trie.empty();

        for (String name : changed) {
            var item = new Item(name);
            var before = map.get(name);
            if (before == null) {
                trie = trie.adding(item);
                map.put(name, item);
            } else if (name.length() % 2 == 0) {
                trie = trie.replacing(item);
                map.put(name, item);
            } else {
                trie = trie.removing(before);
                map.remove(name);
            }
        }

        assertEquals(map.size(), trie.size());
        for (String name : sought) {
            assertSame(map.get(name), trie.find(Utf8.encode(name)));
            byte[] path = Utf8.encode("/я/" + name + "/x");
            byte[] key = Utf8.encode(name);
            assertSame(map.get(name), trie.find(Keyed.hashOf(key), path, 4, 4 + key.length));
        }
        assertEquals(new TreeSet<>(map.keySet()), new TreeSet<>(keys(trie)));
    }

    @Property
    void the_order_of_a_trie_does_not_tell_its_history(
            @ForAll("names") @Size(max = 200) List<String> names, @ForAll Random random) {
        List<Item> items = names.stream().distinct().map(Item::new).toList();
        List<Item> shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, random);

        Trie<Item> atOnce = Trie.of(shuffled);
        Trie<Item> oneByOne = Trie.empty();
        for (Item item : items) {
            oneByOne = oneByOne.adding(item);
        }
        Trie<Item> detour = oneByOne;
        for (int i = 0; i < 20; i++) {
            var stranger = new Item("stranger" + i);
            detour = detour.adding(stranger);
        }
        for (int i = 0; i < 20; i++) {
            detour = detour.removing(new Item("stranger" + i));
        }

        assertEquals(keys(oneByOne), keys(atOnce));
        assertEquals(keys(oneByOne), keys(detour));
        assertEquals(items.size(), atOnce.size());
    }

    @Property
    void it_is_built_the_same_from_its_own_order_and_from_nearly_that(
            @ForAll("names") @Size(max = 200) List<String> names, @ForAll Random random) {
        List<Item> items = names.stream().distinct().map(Item::new).toList();
        Trie<Item> trie = Trie.of(items);
        List<Item> inOrder = new ArrayList<>();
        trie.forEach(inOrder::add);
        List<Item> nearly = new ArrayList<>(inOrder);
        if (!nearly.isEmpty()) {
            Collections.swap(nearly, random.nextInt(nearly.size()), random.nextInt(nearly.size()));
        }

        for (List<Item> order : List.of(inOrder, nearly)) {
            Trie<Item> again = Trie.of(order);
            assertEquals(keys(trie), keys(again));
            items.forEach(item -> assertSame(item, again.find(item.key())));
        }
    }

    @Property
    void a_changed_trie_leaves_the_one_before_as_it_was(@ForAll("names") List<String> names) {
        List<Item> items = names.stream().distinct().map(Item::new).toList();
        Trie<Item> trie = Trie.of(items);
        List<String> keys = keys(trie);

        for (Item item : items) {
            assertNotSame(trie, trie.removing(item));
            assertNotSame(trie, trie.replacing(new Item(item.key)));
        }
        trie.adding(new Item("stranger"));

        assertEquals(keys, keys(trie));
        items.forEach(item -> assertSame(item, trie.find(item.key())));
    }

    @Test
    void a_hundred_thousand_names_of_one_hash_are_no_trouble() {
        List<String> names = namesOfOneHash(1 << 17);
        Trie<Item> trie = Trie.empty();

        for (String name : names) {
            trie = trie.adding(new Item(name));
        }

        assertEquals(names.size(), trie.size());
        for (String name : names) {
            assertEquals(name, Objects.requireNonNull(trie.find(Utf8.encode(name))).key);
        }
        assertEquals(new TreeSet<>(names).stream().toList(), keys(trie));
        assertEquals(keys(trie), keys(Trie.of(names.stream().map(Item::new).toList())));
        Collections.shuffle(names, new Random(1));
        for (String name : names) {
            trie = trie.removing(new Item(name));
            assertNull(trie.find(Utf8.encode(name)));
        }
        assertEquals(0, trie.size());
    }

    @Test
    void names_of_one_hash_are_in_the_order_of_strings_in_any_alphabet() {
        List<String> names = List.of("ab", "bC", "\u0c21");

        Trie<Item> trie = Trie.of(names.stream().map(Item::new).toList());

        assertEquals(1, names.stream().map(String::hashCode).distinct().count());
        assertEquals(new TreeSet<>(names).stream().toList(), keys(trie));
        names.forEach(name -> assertEquals(name, Objects.requireNonNull(trie.find(Utf8.encode(name))).key));
    }

    @Test
    void changes_that_do_not_fit_are_refused() {
        var colliding = List.of(new Item("AaAa"), new Item("BBBB"));
        for (var items : List.of(List.of(new Item("x")), colliding, List.<Item>of())) {
            Trie<Item> trie = Trie.of(items);
            assertThrows(IllegalStateException.class, () -> trie.replacing(new Item("AaBB")));
            assertThrows(IllegalStateException.class, () -> trie.removing(new Item("AaBB")));
        }
        assertThrows(IllegalStateException.class, () -> Trie.of(List.of(new Item("a"), new Item("a"))));
        assertThrows(
                IllegalStateException.class,
                () -> Trie.of(List.of(new Item("a"))).adding(new Item("a")));
    }

    /** Java's string hash is the same for "Aa" and "BB", and so for all that is put together from these. */
    private static List<String> namesOfOneHash(int count) {
        List<String> names = new ArrayList<>(List.of(""));
        while (names.size() < count) {
            List<String> longer = new ArrayList<>(2 * names.size());
            for (String name : names) {
                longer.add(name + "Aa");
                longer.add(name + "BB");
            }
            names = longer;
        }
        return names;
    }

    private static List<String> keys(Trie<Item> trie) {
        List<String> keys = new ArrayList<>();
        trie.forEach(item -> keys.add(item.key));
        return keys;
    }

    @Provide
    Arbitrary<List<String>> names() {
        Arbitrary<String> colliding =
                Arbitraries.of("Aa", "BB").list().ofMaxSize(4).map(parts -> String.join("", parts));
        Arbitrary<String> numbered = Arbitraries.integers().between(0, 2_000).map(i -> "node" + i);
        Arbitrary<String> collidingInAnyAlphabet = Combinators.combine(
                        Arbitraries.of("аё", "бв").list().ofMaxSize(3), Arbitraries.of("", "ab", "bC", "\u0c21"))
                .as((parts, end) -> String.join("", parts) + end);
        return Arbitraries.oneOf(colliding, collidingInAnyAlphabet, numbered, Names.ofAllKinds())
                .list()
                .ofMaxSize(300);
    }

    private static final class Item extends Keyed {
        private final String key;

        Item(String key) {
            super(Utf8.encode(key));
            this.key = key;
        }
    }
}
