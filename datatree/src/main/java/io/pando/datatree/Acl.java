package io.pando.datatree;

import java.util.List;

/** One entry of an access control list: what {@code id} may do, as {@link Perms} bits. */
public record Acl(int perms, Id id) {
    /** Everybody may do everything. */
    public static final List<Acl> OPEN = List.of(new Acl(Perms.ALL, Id.ANYONE));

    /** Everybody may read. */
    public static final List<Acl> READ_ONLY = List.of(new Acl(Perms.READ, Id.ANYONE));
}
