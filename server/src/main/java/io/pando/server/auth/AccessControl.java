package io.pando.server.auth;

import io.pando.datatree.Acl;
import io.pando.datatree.Id;
import io.pando.datatree.Perms;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one place that knows identities: it proves them, fits requested ACLs to them and decides by them.
 *
 * <p>Immutable; asked from event loops (reads, auth packets) and from the core thread (writes, watch events).
 */
public final class AccessControl {
    /** The administrator: passes every check. No ACL can name it. */
    public static final Id SUPER = new Id("super", "");

    /** Of all identities of a connection together: they are looked through at every request, and travel with each that is forwarded. */
    static final int MOST_IDENTITY_CHARACTERS = 32 * 1024;

    /**
     * Of the identities that {@code auth} entries stand for, in all ACLs of a request together: each of thousands of entries may stand for hundreds
     * of identities.
     */
    public static final int MOST_CHARACTERS_STOOD_FOR = 1 << 20;

    private static final String WORLD = "world";
    private static final String ANYONE = "anyone";
    private static final String AUTH = "auth";

    private final Map<String, AuthScheme> schemes = new LinkedHashMap<>();
    private final boolean checksAcls;

    /**
     * @param digestAlgorithm hash of the digest scheme, or null when the scheme is switched off
     * @param superDigest {@code user:hash} of the administrator, or null for none
     * @param checksAcls false (ZooKeeper's {@code skipACL=yes}) lets everybody do everything
     */
    public AccessControl(@Nullable String digestAlgorithm, @Nullable String superDigest, boolean checksAcls) {
        add(new IpScheme());
        if (digestAlgorithm != null) {
            add(new DigestScheme(digestAlgorithm, superDigest));
        }
        this.checksAcls = checksAcls;
    }

    private void add(AuthScheme scheme) {
        schemes.put(scheme.name(), scheme);
    }

    /** What every connection is known by before it proves anything: its address. */
    public List<Id> initialIdentities(InetAddress peer) {
        return List.of(new Id("ip", peer.getHostAddress()));
    }

    /**
     * The identities of a connection after an auth packet: those it had and those the packet proves.
     *
     * @throws AuthenticationFailedException if the scheme is unknown or the credentials prove nothing
     */
    public List<Id> authenticate(List<Id> identities, String scheme, byte[] credentials, InetAddress peer)
            throws AuthenticationFailedException {
        AuthScheme provider = schemes.get(scheme);
        if (provider == null) {
            throw new AuthenticationFailedException(
                    "No authentication scheme '" + scheme + "'; this server knows " + schemes.keySet());
        }
        Set<Id> all = new LinkedHashSet<>(identities);
        all.addAll(provider.authenticate(credentials, peer));
        if (all.stream().mapToLong(AccessControl::charactersOf).sum() > MOST_IDENTITY_CHARACTERS) {
            throw new AuthenticationFailedException(
                    "More identities than a connection may have: their names are longer than "
                            + MOST_IDENTITY_CHARACTERS + " characters together");
        }
        return List.copyOf(all);
    }

    /** Whether one of {@code identities} is allowed any of the permissions in {@code wanted} by {@code acl}. */
    public boolean allows(List<Id> identities, List<Acl> acl, int wanted) {
        if (isOpen(acl) || identities.contains(SUPER)) {
            return true;
        }
        for (Acl entry : acl) {
            if ((entry.perms() & wanted) != 0 && meansOneOf(entry.id(), identities)) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code acl} allows everybody everything, so that nobody needs to be looked at. */
    public boolean isOpen(List<Acl> acl) {
        return !checksAcls || acl.isEmpty() || acl.equals(Acl.OPEN);
    }

    private boolean meansOneOf(Id aclId, List<Id> identities) {
        if (aclId.scheme().equals(WORLD) && aclId.id().equals(ANYONE)) {
            return true;
        }
        AuthScheme scheme = schemes.get(aclId.scheme());
        if (scheme == null) {
            return false;
        }
        for (Id identity : identities) {
            if (identity.scheme().equals(aclId.scheme()) && scheme.matches(identity.id(), aclId.id())) {
                return true;
            }
        }
        return false;
    }

    /**
     * The ACL to store for a requested one: duplicates gone, {@code auth} replaced by the identities it stands for.
     *
     * @throws InvalidAclException if the list is null or empty, or an entry can never match anybody
     */
    public List<Acl> effectiveAcl(@Nullable List<@Nullable Acl> requested, List<Id> identities)
            throws InvalidAclException {
        if (requested == null || requested.isEmpty()) {
            throw new InvalidAclException("The ACL is empty; give at least one entry, such as world:anyone:cdrwa");
        }
        if (requested.equals(Acl.OPEN)) {
            return Acl.OPEN;
        }
        List<Acl> effective = new ArrayList<>(requested.size());
        long left = MOST_CHARACTERS_STOOD_FOR;
        for (Acl entry : new LinkedHashSet<>(requested)) {
            if (entry == null) {
                throw new InvalidAclException("The ACL has an entry that is null");
            }
            if (entry.id().scheme().equals(AUTH)) {
                int before = effective.size();
                addIdentities(entry, identities, effective);
                left -= charactersOf(effective.subList(before, effective.size()));
                require(left >= 0, entry, "it stands for more identities than one request may name");
            } else {
                addAsItIs(entry, effective);
            }
        }
        return List.copyOf(effective);
    }

    private void addIdentities(Acl entry, List<Id> identities, List<Acl> effective) throws InvalidAclException {
        int before = effective.size();
        for (Id identity : identities) {
            AuthScheme scheme = schemes.get(identity.scheme());
            if (scheme != null && scheme.isAuthenticated()) {
                effective.add(new Acl(entry.perms(), identity));
            }
        }
        require(effective.size() > before, entry, "the connection has proven no identity");
    }

    private void addAsItIs(Acl entry, List<Acl> effective) throws InvalidAclException {
        Id id = entry.id();
        if (id.scheme().equals(WORLD)) {
            require(id.id().equals(ANYONE), entry, "the only id of scheme world is anyone");
        } else {
            AuthScheme scheme = schemes.get(id.scheme());
            require(scheme != null && scheme.acceptsInAcl(id.id()), entry, "unknown scheme or malformed id");
        }
        effective.add(entry);
    }

    /** The characters that an ACL names identities with. */
    public static long charactersOf(List<Acl> acl) {
        long characters = 0;
        for (Acl entry : acl) {
            characters += charactersOf(entry.id());
        }
        return characters;
    }

    /** The characters of an identity's name. */
    public static long charactersOf(Id id) {
        return (long) id.scheme().length() + id.id().length();
    }

    private static void require(boolean holds, Acl entry, String otherwise) throws InvalidAclException {
        if (!holds) {
            throw new InvalidAclException("ACL entry " + entry + ": " + otherwise);
        }
    }

    /** An ACL as a reader without ADMIN may see it: the hashes of digest ids are masked. */
    public List<Acl> masked(List<Acl> acl, List<Id> identities) {
        if (allows(identities, acl, Perms.ADMIN)) {
            return acl;
        }
        return acl.stream().map(AccessControl::withoutHash).toList();
    }

    private static Acl withoutHash(Acl entry) {
        Id id = entry.id();
        int colon = id.id().indexOf(':');
        if (!id.scheme().equals("digest") || colon < 0) {
            return entry;
        }
        return new Acl(entry.perms(), new Id(id.scheme(), id.id().substring(0, colon) + ":x"));
    }

    /** The user that {@code whoAmI} shows for an identity; empty for one that has no scheme (super). */
    public String userOf(Id identity) {
        AuthScheme scheme = schemes.get(identity.scheme());
        return scheme == null ? "" : scheme.userOf(identity.id());
    }
}
