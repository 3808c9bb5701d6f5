package io.pando.test.whole;

import io.pando.datatree.Id;
import io.pando.datatree.Perms;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads by the book: what a client is to be told at a zxid, which may lie back. */
final class Reads {
    private final Znodes znodes;

    Reads(Znodes znodes) {
        this.znodes = znodes;
    }

    Answer read(long zxid, ReadRequest request, List<Id> who) {
        try {
            return Answer.of(
                    switch (request) {
                        case ReadRequest.Exists exists ->
                            new Reply.OnlyStat(
                                    readable(zxid, exists.path(), who).stat());
                        case ReadRequest.GetData get -> {
                            ModelZnode node = readable(zxid, get.path(), who);
                            yield new Reply.DataAndStat(node.data().getBytes(StandardCharsets.UTF_8), node.stat());
                        }
                        case ReadRequest.GetChildren get ->
                            new Reply.Names(readable(zxid, get.path(), who).children());
                        case ReadRequest.GetChildren2 get -> {
                            ModelZnode node = readable(zxid, get.path(), who);
                            yield new Reply.NamesAndStat(node.children(), node.stat());
                        }
                        case ReadRequest.GetAcl get -> {
                            ModelZnode node = znodes.required(zxid, get.path());
                            Rights.require(node.acl(), who, Perms.READ | Perms.ADMIN);
                            yield new Reply.AclAndStat(Rights.shown(node.acl(), who), node.stat());
                        }
                        default -> throw new IllegalArgumentException("Not for the model: " + request);
                    });
        } catch (Refused refused) {
            return Answer.failure(refused.code());
        }
    }

    private ModelZnode readable(long zxid, String path, List<Id> who) throws Refused {
        ModelZnode node = znodes.required(zxid, path);
        Rights.require(node.acl(), who, Perms.READ);
        return node;
    }
}
