package io.pando.zab.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to the ensemble, and which of its sets of servers are quorums: a majority of the groups, and in each of them a
 * majority of its weight. Without groups there is one, and with equal weights that is a plain majority.
 *
 * @param version the zxid of the record that brought it; 0 for the static list of a configuration file
 * @param members in the order of their ids
 */
public record Membership(long version, List<Member> members) {

    public Membership {
        members = members.stream().sorted(Comparator.comparingLong(Member::id)).toList();
        for (int i = 1; i < members.size(); i++) {
            if (members.get(i).id() == members.get(i - 1).id()) {
                throw new IllegalArgumentException("Server " + members.get(i).id() + " is listed twice");
            }
        }
        if (members.stream().noneMatch(Membership::isHeard)) {
            throw new IllegalArgumentException("No participant with a weight above 0: nobody could lead");
        }
    }

    public @Nullable Member member(long id) {
        for (Member member : members) {
            if (member.id() == id) {
                return member;
            }
        }
        return null;
    }

    public List<Member> participants() {
        return members.stream().filter(Member::isParticipant).toList();
    }

    public boolean isParticipant(long id) {
        Member member = member(id);
        return member != null && member.isParticipant();
    }

    /** Whether the servers for which the question is answered with yes are a quorum. Asked very often, so it allocates nothing. */
    public boolean isQuorum(LongPredicate among) {
        int groups = 0;
        int won = 0;
        for (int i = 0; i < members.size(); i++) {
            if (isFirstOfItsGroup(i)) {
                groups++;
                won += isMajority(members.get(i).group(), among) ? 1 : 0;
            }
        }
        return 2 * won > groups;
    }

    private boolean isFirstOfItsGroup(int index) {
        Member member = members.get(index);
        if (!isHeard(member)) {
            return false;
        }
        for (int i = 0; i < index; i++) {
            if (isHeard(members.get(i)) && members.get(i).group() == member.group()) {
                return false;
            }
        }
        return true;
    }

    private boolean isMajority(int group, LongPredicate among) {
        long all = 0;
        long present = 0;
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (isHeard(member) && member.group() == group) {
                all += member.weight();
                present += among.test(member.id()) ? member.weight() : 0;
            }
        }
        return 2 * present > all;
    }

    private static boolean isHeard(Member member) {
        return member.isParticipant() && member.weight() > 0;
    }

    /** The highest zxid that a quorum has reached, each server as far as {@code reached} says; 0 if there is none. */
    public long quorumZxid(LongUnaryOperator reached) {
        long highest = Zxid.NONE;
        for (Member member : members) {
            long candidate = reached.applyAsLong(member.id());
            if (Zxid.isAfter(candidate, highest) && isQuorum(id -> !Zxid.isAfter(candidate, reached.applyAsLong(id)))) {
                highest = candidate;
            }
        }
        return highest;
    }

    public Membership withVersion(long zxid) {
        return new Membership(zxid, members);
    }

    /** The same members, of which one is now known by another data directory. */
    public Membership withData(long id, UUID dataId) {
        return new Membership(
                version,
                members.stream()
                        .map(member -> member.id() == id ? member.withData(dataId) : member)
                        .toList());
    }

    /** As a configuration file would list it; {@link #parse} reads it back. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Member member : members) {
            line(text, "server", member.id(), member.text());
            if (member.weight() != 1) {
                line(text, "weight", member.id(), member.weight());
            }
            if (member.group() != 0) {
                line(text, "group", member.id(), member.group());
            }
            if (!member.dataId().equals(Member.ANY_DATA)) {
                line(text, "data", member.id(), member.dataId());
            }
        }
        return text.toString();
    }

    /** Without a formatter: numbers have the same digits on every machine, whatever its language. */
    private static void line(StringBuilder text, String key, long id, Object value) {
        text.append(key).append('.').append(id).append('=').append(value).append('\n');
    }

    /**
     * Reads what {@link #text} has written.
     *
     * @throws IllegalArgumentException if a line is not understood
     */
    public static Membership parse(long version, String text) {
        List<Member> members = new ArrayList<>();
        for (String line : text.lines().toList()) {
            int dot = line.indexOf('.');
            int equals = line.indexOf('=');
            if (dot < 0 || equals < dot) {
                throw new IllegalArgumentException("Not a line of a membership: " + line);
            }
            long id = Long.parseLong(line.substring(dot + 1, equals));
            String value = line.substring(equals + 1);
            if (line.startsWith("server.")) {
                members.add(Member.parse(id, value));
                continue;
            }
            if (members.isEmpty() || members.getLast().id() != id) {
                throw new IllegalArgumentException("This line follows none of server " + id + ": " + line);
            }
            members.add(detailed(members.removeLast(), line.substring(0, dot), value));
        }
        return new Membership(version, members);
    }

    private static Member detailed(Member member, String key, String value) {
        return switch (key) {
            case "weight" -> member.withWeight(Integer.parseInt(value));
            case "group" -> member.inGroup(Integer.parseInt(value));
            case "data" -> member.withData(UUID.fromString(value));
            default -> throw new IllegalArgumentException("Not a key of a membership: " + key);
        };
    }
}
