package io.pando.server.auth;

import io.pando.datatree.Id;
import java.net.InetAddress;
import java.util.List;

/**
 * One way to prove an identity and to name it in an ACL ({@code wire-protocol.md} section 14.4).
 *
 * <p>Immutable; asked from event loops and from the core thread alike.
 */
interface AuthScheme {
    /** The scheme's name as it stands in an ACL and in an auth packet. */
    String name();

    /**
     * The identities that {@code credentials} prove.
     *
     * @throws AuthenticationFailedException if they prove nothing
     */
    List<Id> authenticate(byte[] credentials, InetAddress peer) throws AuthenticationFailedException;

    /** Whether {@code id} has the form this scheme's ids have in an ACL. */
    boolean acceptsInAcl(String id);

    /** Whether a connection identified as {@code identity} is meant by {@code aclId}. */
    boolean matches(String identity, String aclId);

    /** Whether an identity of this scheme was proven, so that the ACL scheme {@code auth} expands to it. */
    boolean isAuthenticated();

    /** The user an identity belongs to, as {@code whoAmI} shows it. */
    default String userOf(String identity) {
        return identity;
    }
}
