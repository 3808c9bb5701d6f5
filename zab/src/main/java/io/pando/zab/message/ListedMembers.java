package io.pando.zab.message;

import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The members as a configuration lists them, as short as a greeting has to be: a checksum of each one's line. Servers whose lists differ
 * would disagree about what a quorum is, so they don't link (zab.md section 8).
 *
 * @param checksums by server id; empty once the history names the members, and the list doesn't count any more
 */
public record ListedMembers(SortedMap<Long, Integer> checksums) {
    public static final ListedMembers NONE = new ListedMembers(new TreeMap<>());

    /** There are no more server ids, and a greeting has no room for more. */
    private static final int MOST = 255;

    public ListedMembers {
        if (checksums.size() > MOST) {
            throw new IllegalArgumentException(
                    "An ensemble of " + checksums.size() + " servers; there are " + MOST + " at most");
        }
    }

    /** Of a list that counts: version 0. */
    public static ListedMembers of(Membership list) {
        SortedMap<Long, Integer> checksums = new TreeMap<>();
        list.members().forEach(member -> checksums.put(member.id(), checksumOf(member)));
        return new ListedMembers(checksums);
    }

    /** What the servers have to agree about. Where a member's clients connect is its own business. */
    private static int checksumOf(Member member) {
        String line = member.host().toLowerCase(Locale.ROOT) + ":" + member.peerPort() + ":" + member.bulkPort() + ":"
                + member.role() + ":" + member.weight() + ":" + member.group();
        CRC32C checksum = new CRC32C();
        checksum.update(line.getBytes(StandardCharsets.UTF_8));
        return (int) checksum.getValue();
    }

    /** In which lines another server's list is not the same, in words; null if it is, or if one of the two doesn't count. */
    public @Nullable String differenceTo(ListedMembers other) {
        if (checksums.isEmpty() || other.checksums.isEmpty()) {
            return null;
        }
        List<String> differences = new ArrayList<>();
        for (Map.Entry<Long, Integer> own : checksums.entrySet()) {
            Integer theirs = other.checksums.get(own.getKey());
            if (theirs == null) {
                differences.add("server." + own.getKey() + " is missing there");
            } else if (!theirs.equals(own.getValue())) {
                differences.add("server." + own.getKey() + ", its weight or its group is not the same");
            }
        }
        for (long id : other.checksums.keySet()) {
            if (!checksums.containsKey(id)) {
                differences.add("server." + id + " is missing here");
            }
        }
        return differences.isEmpty() ? null : String.join(", ", differences);
    }
}
