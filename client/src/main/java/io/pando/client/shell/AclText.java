package io.pando.client.shell;

import io.pando.datatree.Acl;
import io.pando.datatree.Id;
import io.pando.datatree.Perms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ACLs as they are typed, with ZooKeeper's letters: {@code world:anyone:r,digest:user:hash:cdrwa}. */
final class AclText {
    private static final Map<Character, Integer> LETTERS =
            Map.of('c', Perms.CREATE, 'd', Perms.DELETE, 'r', Perms.READ, 'w', Perms.WRITE, 'a', Perms.ADMIN);
    private static final String ORDER = "cdrwa";

    private AclText() {}

    /** @throws MistakeException saying what is wrong with it */
    static List<Acl> parse(String text) {
        List<Acl> acl = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            int first = entry.indexOf(':');
            int last = entry.lastIndexOf(':');
            String scheme = entry.substring(0, Math.max(first, 0)).strip();
            if (scheme.isEmpty() || last == first) {
                throw new MistakeException("\"" + entry + "\" is no ACL entry; one looks like world:anyone:cdrwa.");
            }
            Id id = new Id(scheme, entry.substring(first + 1, last));
            acl.add(new Acl(perms(entry, entry.substring(last + 1).strip()), id));
        }
        return acl;
    }

    private static int perms(String entry, String letters) {
        int perms = 0;
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            Integer bit = LETTERS.get(letter);
            if (bit == null) {
                throw new MistakeException("In \"" + entry + "\", '" + letter + "' is no permission; they are " + ORDER
                        + " for create, delete, read, write and admin.");
            }
            perms |= bit;
        }
        return perms;
    }

    static String of(Acl entry) {
        StringBuilder text =
                new StringBuilder(entry.id().scheme() + ":" + entry.id().id() + ":");
        for (int i = 0; i < ORDER.length(); i++) {
            char letter = ORDER.charAt(i);
            if ((entry.perms() & LETTERS.getOrDefault(letter, 0)) != 0) {
                text.append(letter);
            }
        }
        return text.toString();
    }
}
