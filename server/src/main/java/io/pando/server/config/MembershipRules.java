package io.pando.server.config;

import io.pando.zab.model.Member;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds out which of the listed servers this one is, and judges whether that fits everything else that was given. */
final class MembershipRules {
    private final Settings settings;
    private final MemberLines lines;
    private final MyId myId;
    private final List<String> problems;

    MembershipRules(Settings settings, MemberLines lines, List<String> problems) {
        this.settings = settings;
        this.lines = lines;
        this.myId = new MyId(settings, problems);
        this.problems = problems;
    }

    /**
     * What came of it.
     *
     * @param ensemble empty if there were problems
     * @param ownLine of this server, if it has one
     */
    record Judgement(Optional<Ensemble> ensemble, Optional<ServerLine> ownLine) {}

    Judgement judge() {
        int before = problems.size();
        List<Member> members = lines.judge();
        Optional<Long> given = myId.find();
        given.ifPresentOrElse(this::mustBeListed, () -> isMissing(problems.size() > before));
        Optional<Long> id = given.or(lines::only);
        Optional<ServerLine> own = id.flatMap(lines::of);
        peerTypeMustFit(own);
        return new Judgement(
                problems.isEmpty() ? Optional.of(Ensemble.of(id.orElse(0L), members, settings)) : Optional.empty(),
                own);
    }

    private void mustBeListed(long id) {
        if (!lines.isEmpty() && !lines.isListed(id)) {
            problems.add("myid=" + id + ": no server." + id + " is listed, only " + lines.listed() + ".");
        }
    }

    /** @param complained whether something is known that may be why */
    private void isMissing(boolean complained) {
        if (!lines.isAlone() && !complained && !settings.isWrong(ActiveKeys.MY_ID)) {
            problems.add("myid is missing: which of the servers " + lines.listed() + " is this? Write its number, "
                    + MyId.RANGE.allowed() + ", into " + myId.file() + ", or give --set myid=N.");
        }
    }

    private void peerTypeMustFit(Optional<ServerLine> own) {
        settings.find(ActiveKeys.PEER_TYPE).ifPresent(given -> {
            var role = own.map(line -> line.member().role()).orElse(Member.Role.PARTICIPANT);
            if (!given.value().equalsIgnoreCase(role.name())) {
                problems.add(given.origin().describe() + ": peerType=" + given.value() + " contradicts "
                        + own.map(ServerLine::describe).orElse("a server that runs alone")
                        + ", which makes this server a "
                        + role.name().toLowerCase(Locale.ROOT)
                        + ". All servers must know it as the same: end the line in :" + given.value()
                        + " in every file, or remove peerType.");
            }
        });
    }
}
