package io.pando.test.whole;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.datatree.Acl;
import io.pando.datatree.Id;
import io.pando.datatree.Perms;
import io.pando.session.ReadRequest;
import io.pando.session.Request;
import io.pando.session.SessionRequest;
import io.pando.session.WriteRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Who a client is, and what it keeps from others: one of three is nobody, and the others are one of two users. */
final class Secrets {
    private static final List<String> USERS = List.of("ann:secret", "bob:hidden");

    private final @Nullable String credentials;
    private final List<Id> identities;
    private final SplittableRandom random;

    Secrets(int client, SplittableRandom random) {
        int user = client % (USERS.size() + 1);
        this.credentials = user == 0 ? null : USERS.get(user - 1);
        this.random = random;
        Id address = addressOf(client);
        this.identities = credentials == null ? List.of(address) : List.of(address, digestOf(credentials));
    }

    private static Id addressOf(int client) {
        return new Id("ip", "127.1.0." + (client + 1));
    }

    private static Id digestOf(String credentials) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(credentials.getBytes(UTF_8));
            String user = credentials.substring(0, credentials.indexOf(':'));
            return new Id("digest", user + ":" + Base64.getEncoder().encodeToString(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it says on every connection before it asks for anything; null if it has nothing to prove. */
    SessionRequest.@Nullable Auth proof() {
        return credentials == null ? null : new SessionRequest.Auth(0, "digest", credentials.getBytes(UTF_8));
    }

    List<Id> identities() {
        return identities;
    }

    /** The same wishes, but that some of the znodes are not for everybody; now and then it looks at an ACL, or sets another. */
    List<Request> keptIn(List<Request> wishes) {
        List<Request> kept = new ArrayList<>();
        for (Request wish : wishes) {
            Request its = kept(wish);
            kept.add(its);
            if (its instanceof WriteRequest.SetData set && random.nextInt(3) == 0) {
                kept.add(
                        random.nextBoolean()
                                ? new ReadRequest.GetAcl(set.path())
                                : new WriteRequest.SetAcl(set.path(), List.copyOf(acl()), random.nextInt(3) - 1));
            }
        }
        return kept;
    }

    private Request kept(Request wish) {
        return switch (wish) {
            case WriteRequest.Create create -> kept(create);
            case WriteRequest.Multi multi ->
                new WriteRequest.Multi(multi.parts().stream()
                        .map(part -> part instanceof WriteRequest.Create create ? kept(create) : part)
                        .toList());
            default -> wish;
        };
    }

    private WriteRequest.Create kept(WriteRequest.Create create) {
        return WriteRequest.Create.of(create.op(), create.path(), create.data(), List.copyOf(acl()), create.flags());
    }

    /** Mostly open, and never closed to all that a znode could be deleted by, which is what its parent allows. */
    private List<Acl> acl() {
        return switch (random.nextInt(10)) {
            case 0 -> List.of(new Acl(Perms.ALL, new Id("auth", "")));
            case 1 -> List.of(new Acl(Perms.READ, Id.ANYONE), new Acl(Perms.ALL, new Id("auth", "")));
            case 2 -> List.of(new Acl(some(), digestOf(USERS.get(random.nextInt(USERS.size())))));
            case 3 -> List.of(new Acl(some(), Id.ANYONE));
            case 4 -> List.of(new Acl(some(), addressOf(random.nextInt(4))), new Acl(Perms.READ, Id.ANYONE));
            default -> Acl.OPEN;
        };
    }

    private int some() {
        return random.nextInt(Perms.ALL + 1) | Perms.CREATE;
    }
}
