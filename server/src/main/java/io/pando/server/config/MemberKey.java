package io.pando.server.config;

import java.util.List;
import java.util.Optional;

/**
 * A family of keys that say who belongs to the ensemble, one for each server or group: {@link MemberLines} reads them together.
 *
 * @param name how the keys begin, such as {@code server.}
 * @param allowed what the value may be
 * @param about what it decides
 */
record MemberKey(String name, String allowed, String about) implements KnownKey {
    static final MemberKey SERVER = new MemberKey(
            "server.",
            ServerLine.FORM,
            "one server of the ensemble, with N its myid; the same lines in every server's file");
    static final MemberKey GROUP = new MemberKey(
            "group.",
            "server ids, separated by colons",
            "a quorum is a majority of groups, with a majority in each of them");
    static final MemberKey WEIGHT = new MemberKey(
            "weight.", MemberLines.WEIGHTS.allowed(), "how much server N's voice counts; with 0 it never leads");

    static List<MemberKey> all() {
        return List.of(SERVER, GROUP, WEIGHT);
    }

    /** As it is spoken of: {@code server.N}. */
    String general() {
        return name + "N";
    }

    /** The number at the end of a key of this family; empty if there is none in the range of server ids. */
    Optional<Long> numberOf(String key) {
        return MyId.RANGE.parse(key.substring(key.indexOf(name) + name.length()));
    }

    @Override
    public List<String> aliases() {
        return List.of();
    }
}
