package io.pando.client.follow;

import io.pando.client.call.Caller;
import io.pando.client.connection.Ask;
import io.pando.client.connection.Outcome;
import io.pando.client.error.ClosedException;
import io.pando.client.error.Failures;
import io.pando.client.error.PandoException;
import io.pando.client.error.ReplyTooLargeException;
import io.pando.client.follow.Looks.Look;
import io.pando.client.watch.NodeEvent;
import io.pando.client.watch.Standing;
import io.pando.client.watch.WatchListener;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Stat;
import io.pando.datatree.ZnodePath;
import io.pando.session.AddWatchMode;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.Request;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Sets a persistent watch, looks at everything below it, and from then on at what the watch says has changed. After a connection was
 * lost it compares: a znode whose {@code mzxid} is the one that was told has not changed, one whose {@code pzxid} is that of its last
 * listing has the same children, another {@code czxid} is another znode. So what is read again is what changed, and a stat for the
 * rest.
 *
 * <p>States do not go backwards: answers on one connection come in the order of the tree's changes, a client never connects to a server
 * that has seen less than itself, and what may have changed while it was being read is read once more. Whatever is in the picture has
 * its parent there: otherwise nobody would look for it there after the next loss of the connection.
 *
 * <p>Confined to the event loop of its client. Paths are the server's.
 */
final class Follower implements WatchListener {
    private static final int MOST_LOOKS = 256;
    private static final byte[] NONE = {};

    private final Caller caller;
    private final String root;
    private final boolean subtree;
    private final Consumer<FollowEvent> tell;
    private final Standing watch;
    private final Picture picture = new Picture();
    private final Looks looks = new Looks(MOST_LOOKS);
    private boolean watching;
    private boolean inSync;
    private boolean ended;
    private long zxid;

    /**
     * A follower that has not begun.
     *
     * @param tell told on the event loop, with the server's paths
     */
    Follower(Caller caller, String root, boolean subtree, Consumer<FollowEvent> tell) {
        this.caller = caller;
        this.root = root;
        this.subtree = subtree;
        this.tell = tell;
        this.watch = new Standing(subtree ? AddWatchMode.PERSISTENT_RECURSIVE : AddWatchMode.PERSISTENT, root, this);
    }

    void start() {
        caller.keeper().subscribe(watch).thenAccept(outcome -> {
            if (outcome instanceof Outcome.Answered answered) {
                if (answered.err() == 0) {
                    watching = true;
                    looks.want(root, subtree);
                    pump();
                } else {
                    end(Failures.of(answered.err(), "follow", caller.stripped(root)));
                }
            } else if (isClosed(outcome)) {
                endClosed();
            } else if (!ended) {
                start();
            }
        });
    }

    /** To be called on the loop. */
    void stop() {
        ended = true;
        caller.keeper().unsubscribe(watch);
    }

    @Override
    public void onEvent(NodeEvent event) {
        switch (event.type()) {
            case NODE_CREATED, NODE_DATA_CHANGED -> looks.want(event.path(), false);
            case NODE_DELETED -> {
                remove(event.path());
                if (looks.isUnderWay(event.path())) {
                    looks.want(event.path(), false);
                }
            }
            default -> {
                // Children have events of their own.
            }
        }
        pump();
    }

    @Override
    public void onSuspended() {
        if (inSync) {
            inSync = false;
            tell.accept(new FollowEvent.Stale());
        }
    }

    @Override
    public void onClosed() {
        endClosed();
    }

    @Override
    public void onGap() {
        inSync = false;
        looks.want(root, subtree);
        pump();
    }

    private void pump() {
        if (ended) {
            return;
        }
        for (Look look = looks.begin(); look != null; look = looks.begin()) {
            begin(look);
        }
        if (watching && !inSync && looks.areDone() && caller.keeper().isConnected()) {
            inSync = true;
            tell.accept(new FollowEvent.InSync(zxid));
        }
    }

    private void begin(Look look) {
        if (look.deep() && picture.has(look.path())) {
            ask(look, new ReadRequest.Exists(look.path(), false), this::compare);
        } else {
            ask(look, new ReadRequest.GetData(look.path(), false), this::take);
        }
    }

    /** Only what may have changed is read. */
    private void compare(Look look, Outcome.Answered answer) {
        Stat stat = answer.reply(Reply.OnlyStat.class).stat();
        if (picture.stepTo(look.path(), stat) != null) {
            ask(look, new ReadRequest.GetData(look.path(), false), this::take);
        } else {
            goDeeper(look, stat);
        }
    }

    private void take(Look look, Outcome.Answered answer) {
        if (!look.path().equals(root) && !picture.has(ZnodePath.parentOf(look.path()))) {
            // Both were deleted and created again while it was being looked at: its parent is told first, and then what
            // is below.
            looks.want(ZnodePath.parentOf(look.path()), true);
            done(look);
            return;
        }
        Reply.DataAndStat reply = answer.reply(Reply.DataAndStat.class);
        Stat stat = reply.stat();
        FollowEvent.Step step = picture.stepTo(look.path(), stat);
        if (step != null) {
            picture.put(look.path(), stat);
            byte[] data = reply.data();
            tell.accept(new FollowEvent.Put(look.path(), data == null ? NONE : data, stat, step));
        }
        goDeeper(look, stat);
    }

    private void goDeeper(Look look, Stat stat) {
        if (!look.deep()) {
            done(look);
        } else if (stat.numChildren() == 0) {
            picture.children(look.path()).forEach(name -> remove(ZnodePath.childOf(look.path(), name)));
            picture.listed(look.path(), stat);
            done(look);
        } else if (picture.isListed(look.path(), stat)) {
            wantChildren(look.path(), picture.children(look.path()));
            done(look);
        } else {
            ask(look, new ReadRequest.GetChildren2(look.path(), false), this::list);
        }
    }

    private void list(Look look, Outcome.Answered answer) {
        Reply.NamesAndStat reply = answer.reply(Reply.NamesAndStat.class);
        Set<String> names = new HashSet<>(reply.names());
        for (String known : picture.children(look.path())) {
            if (!names.contains(known)) {
                remove(ZnodePath.childOf(look.path(), known));
            }
        }
        picture.listed(look.path(), reply.stat());
        wantChildren(look.path(), names);
        done(look);
    }

    private void wantChildren(String parent, Collection<String> names) {
        names.forEach(name -> looks.want(ZnodePath.childOf(parent, name), true));
    }

    private void remove(String path) {
        picture.remove(path).forEach(tell);
    }

    private void done(Look look) {
        looks.end(look);
        pump();
    }

    private void ask(Look look, Request request, BiConsumer<Look, Outcome.Answered> then) {
        caller.keeper().submitOwn(Ask.of(request)).thenAccept(outcome -> {
            if (ended) {
                return;
            }
            if (outcome instanceof Outcome.Answered answered) {
                zxid = Math.max(zxid, answered.zxid());
                if (answered.err() == 0) {
                    then.accept(look, answered);
                } else {
                    missing(look, answered.err());
                }
            } else {
                unanswered(look, outcome);
            }
        });
    }

    private void unanswered(Look look, Outcome outcome) {
        if (isClosed(outcome)) {
            endClosed();
        } else if (outcome instanceof Outcome.Nothing nothing && nothing.why() == Outcome.Why.REPLY_TOO_LARGE) {
            // It would be as large the next time, and cost that connection too.
            end(new ReplyTooLargeException("follow", caller.stripped(look.path())));
        } else {
            // It took too long; nothing else will tell whether there was something to see.
            looks.want(look.path(), look.deep());
            done(look);
        }
    }

    /** What may not be read is not there for this client. */
    private void missing(Look look, int err) {
        if (err == ErrorCode.NO_NODE.code() || err == ErrorCode.NO_AUTH.code()) {
            remove(look.path());
            done(look);
        } else {
            end(Failures.of(err, "follow", caller.stripped(look.path())));
        }
    }

    private static boolean isClosed(Outcome outcome) {
        return outcome instanceof Outcome.Nothing nothing && nothing.why() == Outcome.Why.CLOSED;
    }

    private void endClosed() {
        end(new ClosedException("follow", caller.stripped(root)));
    }

    private void end(PandoException reason) {
        if (!ended) {
            stop();
            tell.accept(new FollowEvent.Ended(reason));
        }
    }
}
