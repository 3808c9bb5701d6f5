package io.pando.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.datatree.Id;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * User and password, known by a hash: {@code user:base64(hash(user:password))}.
 *
 * <p>Any password proves <em>some</em> identity; it is the ACL that says which one counts. The identity that equals the
 * configured super digest is the administrator's.
 */
final class DigestScheme implements AuthScheme {
    private final String algorithm;
    private final @Nullable String superDigest;

    /**
     * @param algorithm a {@link MessageDigest} name; ZooKeeper's default is SHA1
     * @param superDigest {@code user:hash} of the administrator, or null when there is none
     */
    DigestScheme(String algorithm, @Nullable String superDigest) {
        this.algorithm = algorithm;
        this.superDigest = superDigest;
    }

    @Override
    public String name() {
        return "digest";
    }

    @Override
    public List<Id> authenticate(byte[] credentials, InetAddress peer) {
        String digest = digestOf(new String(credentials, UTF_8));
        Id user = new Id(name(), digest);
        return digest.equals(superDigest) ? List.of(user, AccessControl.SUPER) : List.of(user);
    }

    private String digestOf(String userAndPassword) {
        int colon = userAndPassword.indexOf(':');
        String user = colon < 0 ? userAndPassword : userAndPassword.substring(0, colon);
        return user + ':' + Base64.getEncoder().encodeToString(hash(userAndPassword.getBytes(UTF_8)));
    }

    private byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no hash algorithm " + algorithm, e);
        }
    }

    /** As ZooKeeper splits it: an empty user and colons at the very end pass. */
    @Override
    public boolean acceptsInAcl(String id) {
        int end = id.length();
        while (end > 0 && id.charAt(end - 1) == ':') {
            end--;
        }
        int colon = id.indexOf(':');
        return colon >= 0 && colon < end && id.lastIndexOf(':', end - 1) == colon;
    }

    @Override
    public boolean matches(String identity, String aclId) {
        return identity.equals(aclId);
    }

    @Override
    public boolean isAuthenticated() {
        return true;
    }

    @Override
    public String userOf(String identity) {
        int colon = identity.indexOf(':');
        return colon < 0 ? identity : identity.substring(0, colon);
    }
}
