package io.pando.server.core;

import io.pando.datatree.ErrorCode;
import io.pando.session.WriteRequest;
import io.pando.session.wire.MarshallingException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other servers have to say, in the order in which it came: requests of their clients to the leader, and answers of the leader. It is
 * noted when it comes, and worked on at its time. Core thread.
 */
final class PeerInbox {
    private static final Logger log = LoggerFactory.getLogger(PeerInbox.class);

    private final Running running;
    private final Part part;
    private final Commits commits;
    private final Sessions sessions;
    private final Attachments attachments;
    private final ClientRequests requests;
    private final TreeGuard guard;
    private final Deque<FromServer> words = new ArrayDeque<>();
    private final LookAhead<FromServer> lookAhead = LookAhead.ofRequests(FromServer::write);

    /** A request of another server, or an answer of the leader's. */
    private record FromServer(long serverId, PeerWord word) {
        @Nullable
        WriteRequest write() {
            return word instanceof PeerWord.Write write ? write.ask().request() : null;
        }
    }

    PeerInbox(
            Running running,
            Part part,
            Commits commits,
            Sessions sessions,
            Attachments attachments,
            ClientRequests requests,
            TreeGuard guard) {
        this.running = running;
        this.part = part;
        this.commits = commits;
        this.sessions = sessions;
        this.attachments = attachments;
        this.requests = requests;
        this.guard = guard;
    }

    /** A server says something. */
    void note(long fromServer, ByteBuffer payload) {
        try {
            PeerWord word = PeerWord.decode(payload);
            if (word instanceof PeerWord.Compare compare) {
                guard.asked(compare.zxid(), commits.tree());
            } else {
                words.add(new FromServer(fromServer, word));
            }
        } catch (MarshallingException e) {
            log.warn("Server {} says what this server does not understand: {}", fromServer, e.getMessage());
        }
    }

    /** Whoever follows this server, or is followed by it, is not the same any more. */
    void clear() {
        words.clear();
    }

    /** Does what follows from it. Returns whether there is something new for the broadcast. */
    boolean work() {
        boolean something = !words.isEmpty();
        while (!words.isEmpty()) {
            FromServer next = words.element();
            if (isForLeader(next.word())
                    && part.leadership() != null
                    && !running.node().mayPropose()) {
                return false; // a new epoch is about to begin
            }
            lookAhead(next);
            words.remove();
            take(next.serverId(), next.word());
        }
        return something;
    }

    private void lookAhead(FromServer next) {
        Leadership leadership = part.leadership();
        if (leadership != null && next.write() != null) {
            lookAhead.next(words, leadership.speculative());
        }
    }

    private static boolean isForLeader(PeerWord word) {
        return word instanceof PeerWord.Write || word instanceof PeerWord.Begin;
    }

    private void take(long fromServer, PeerWord said) {
        switch (said) {
            case PeerWord.Write write -> decide(fromServer, write);
            case PeerWord.Begin begin -> begin(fromServer, begin);
            case PeerWord.Attached word ->
                attachments.claimed(word.sessionId(), new Owners.Owner(fromServer, word.origin(), word.ordinal()));
            case PeerWord.Heard heard -> sessions.heard(heard.sessionIds());
            case PeerWord.Refused refused -> requests.refused(refused.request(), refused.code());
            case PeerWord.Moved word -> attachments.moved(word.sessionId());
            case PeerWord.Compare word -> {} // noted when it came
            case PeerWord.Fingerprint word -> guard.answered(fromServer, word, running.node());
            case PeerWord.Outvoted word -> guard.outvoted(word, running.node(), commits.tree());
            case PeerWord.Disputed word -> guard.disputed(word, running.node());
        }
    }

    private void decide(long fromServer, PeerWord.Write write) {
        Leadership leadership = part.leadership();
        if (leadership == null) {
            return; // its client is told by the loss of the leader
        }
        ErrorCode flaw = leadership.decide(write.origin(), write.request(), write.ask(), null);
        if (flaw != null) {
            running.node().reply(fromServer, PeerWord.encode(new PeerWord.Refused(write.request(), flaw)));
        }
    }

    private void begin(long fromServer, PeerWord.Begin begin) {
        Leadership leadership = part.leadership();
        if (leadership != null) {
            long ordinal = Owners.ordinalOfCreation(running.node().nextZxid());
            var owner = new Owners.Owner(fromServer, begin.origin(), ordinal);
            leadership.begin(owner, begin.request(), begin.txn(), null);
        }
    }
}
