package io.pando.test.whole;

import io.pando.datatree.Acl;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.datatree.Perms;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may do what, by the book: a second, simple implementation of ACLs, for the schemes that clients use here. */
final class Rights {
    private Rights() {}

    static boolean allow(List<Acl> acl, List<Id> who, int permission) {
        return acl.stream()
                .filter(entry -> (entry.perms() & permission) != 0)
                .anyMatch(entry -> entry.id().equals(Id.ANYONE) || who.contains(entry.id()));
    }

    static void require(List<Acl> acl, List<Id> who, int permission) throws Refused {
        if (!allow(acl, who, permission)) {
            throw new Refused(ErrorCode.NO_AUTH);
        }
    }

    /** What a znode is given when somebody asks for this: of {@code auth}, whatever that one has proven, which must be something. */
    static List<Acl> effective(@Nullable List<@Nullable Acl> asked, List<Id> who) throws Refused {
        List<Acl> effective = new ArrayList<>();
        for (Acl entry : new LinkedHashSet<>(asked == null ? List.of() : asked)) {
            List<Acl> meant = entry == null ? List.of() : meant(entry, who);
            if (meant.isEmpty()) {
                throw new Refused(ErrorCode.INVALID_ACL);
            }
            effective.addAll(meant);
        }
        if (effective.isEmpty()) {
            throw new Refused(ErrorCode.INVALID_ACL);
        }
        return List.copyOf(effective);
    }

    private static List<Acl> meant(Acl entry, List<Id> who) {
        return entry.id().scheme().equals("auth")
                ? who.stream()
                        .filter(id -> id.scheme().equals("digest"))
                        .map(id -> new Acl(entry.perms(), id))
                        .toList()
                : List.of(entry);
    }

    /** What somebody is shown of an ACL: the hashes are for administrators. */
    static List<Acl> shown(List<Acl> acl, List<Id> who) {
        if (allow(acl, who, Perms.ADMIN)) {
            return acl;
        }
        return acl.stream()
                .map(entry -> entry.id().scheme().equals("digest")
                        ? new Acl(entry.perms(), new Id("digest", userOf(entry.id()) + ":x"))
                        : entry)
                .toList();
    }

    private static String userOf(Id id) {
        return id.id().substring(0, id.id().indexOf(':'));
    }
}
