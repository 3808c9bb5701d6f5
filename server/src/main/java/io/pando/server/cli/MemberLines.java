package io.pando.server.cli;

import io.pando.zab.model.Membership;
import java.util.List;

/** A membership as people know it: the lines of a configuration file. */
final class MemberLines {

    private MemberLines() {}

    static List<String> of(Membership membership) {
        return membership.text().lines().toList();
    }
}
