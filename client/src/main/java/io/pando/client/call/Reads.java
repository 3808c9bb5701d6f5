package io.pando.client.call;

import io.pando.session.ClientInfo;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.SessionRequest;
import java.util.List;

/** The reads that have no options of their own. */
public final class Reads {
    private static final String CONFIG = "/zookeeper/config";

    private Reads() {}

    public static Read<AclAndStat> acl(Caller caller, String path) {
        return new SimpleRead<>(
                caller,
                "getACL",
                Caller.checked(path),
                ReadRequest.GetAcl::new,
                Reply.AclAndStat.class,
                reply -> new AclAndStat(reply.acl(), reply.stat()));
    }

    public static Read<Integer> countDescendants(Caller caller, String path) {
        return new SimpleRead<>(
                caller,
                "getAllChildrenNumber",
                Caller.checked(path),
                ReadRequest.GetAllChildrenNumber::new,
                Reply.Count.class,
                Reply.Count::total);
    }

    public static Read<List<String>> ephemerals(Caller caller, String prefix) {
        return new SimpleRead<>(
                caller,
                "getEphemerals",
                Caller.checked(prefix),
                ReadRequest.GetEphemerals::new,
                Reply.Names.class,
                reply -> reply.names().stream().map(caller::stripped).toList());
    }

    public static Read<List<ClientInfo>> whoAmI(Caller caller) {
        return new SimpleRead<>(
                caller,
                "whoAmI",
                "",
                path -> new SessionRequest.WhoAmI(),
                Reply.Identities.class,
                Reply.Identities::identities);
    }

    /** The configuration of the ensemble, which is nobody's chroot. */
    public static Read<DataAndStat> config(Caller caller) {
        return new SimpleRead<>(
                caller,
                "getConfig",
                CONFIG,
                path -> new ReadRequest.GetData(CONFIG, false),
                Reply.DataAndStat.class,
                GetData::value);
    }

    public static Call<String> sync(Caller caller, String path) {
        return new SimpleRead<>(
                caller,
                "sync",
                Caller.checked(path),
                SessionRequest.Sync::new,
                Reply.Path.class,
                reply -> caller.stripped(reply.path()));
    }
}
