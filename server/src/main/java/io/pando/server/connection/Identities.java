package io.pando.server.connection;

import io.pando.datatree.Id;
import io.pando.server.auth.AccessControl;
import io.pando.server.auth.AuthenticationFailedException;
import io.pando.session.SessionRequest;
import java.util.List;
import java.util.Set;

/**
 * Who is at the other end of one connection. Grows with every auth packet, on the connection's event loop; the core asks when
 * it delivers events.
 */
final class Identities {
    private final AccessControl access;
    private final Set<String> requiredSchemes;
    private final ClientAddress address;
    private volatile List<Id> proven;

    Identities(AccessControl access, Set<String> requiredSchemes, ClientAddress address) {
        this.access = access;
        this.requiredSchemes = requiredSchemes;
        this.address = address;
        this.proven = address.identities();
    }

    List<Id> all() {
        return proven;
    }

    void authenticate(SessionRequest.Auth auth) throws AuthenticationFailedException {
        byte[] credentials = auth.auth() == null ? new byte[0] : auth.auth();
        proven = access.authenticate(proven, auth.scheme(), credentials, address.ip());
    }

    /** Whether the server demands a scheme of which nothing was proven. */
    boolean areInsufficient() {
        return !requiredSchemes.isEmpty() && proven.stream().noneMatch(id -> requiredSchemes.contains(id.scheme()));
    }
}
