package io.pando.server.config;

import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A membership as an operator would write it into a file: server lines, then groups and weights where there are any. */
public final class MembershipText {

    private MembershipText() {}

    public static List<String> linesOf(Membership membership) {
        List<String> lines = new ArrayList<>();
        Map<Integer, List<Member>> groups = new TreeMap<>();
        for (Member member : membership.members()) {
            lines.add("server." + member.id() + "=" + valueOf(member));
            if (member.isParticipant()) {
                groups.computeIfAbsent(member.group(), none -> new ArrayList<>())
                        .add(member);
            }
        }
        if (groups.size() > 1) {
            groups.forEach((group, members) -> lines.add("group." + group + "=" + idsOf(members)));
        }
        membership.members().stream()
                .filter(member -> member.weight() != 1)
                .forEach(member -> lines.add("weight." + member.id() + "=" + member.weight()));
        return lines;
    }

    private static String valueOf(Member member) {
        String client = member.clientAddress();
        return member.host() + ":" + member.peerPort() + ":" + member.bulkPort() + ":"
                + member.role().name().toLowerCase(Locale.ROOT) + (client.isEmpty() ? "" : ";" + client);
    }

    private static String idsOf(List<Member> members) {
        return members.stream().map(member -> Long.toString(member.id())).collect(Collectors.joining(":"));
    }
}
