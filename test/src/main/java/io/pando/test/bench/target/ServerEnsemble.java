package io.pando.test.bench.target;

import io.pando.test.bench.load.LoadException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Several servers of a kind that agree, each a process. The one that leads can be struck down and set up again. */
public final class ServerEnsemble implements StartedTarget {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int ANSWER_PATIENCE_MS = 1_000;

    private final ServerKind kind;
    private final List<ServerProcess> members = new ArrayList<>();

    /** How a leader is lost. */
    public enum Blow {
        /** kill -9: its connections break at once. */
        KILL {
            @Override
            void strike(ServerProcess leader) {
                leader.kill();
            }

            @Override
            void undo(ServerProcess leader) {
                leader.startAgain();
            }
        },
        /** SIGSTOP: it only falls silent. */
        FREEZE {
            @Override
            void strike(ServerProcess leader) {
                leader.freeze();
            }

            @Override
            void undo(ServerProcess leader) {
                leader.thaw();
            }
        };

        abstract void strike(ServerProcess leader);

        abstract void undo(ServerProcess leader);
    }

    ServerEnsemble(ServerKind kind, Installation installation, int servers, Map<String, String> settings) throws IOException {
        this.kind = kind;
        try {
            for (var seat : Seat.together(servers)) {
                members.add(new ServerProcess(kind, installation, seat.with(settings)));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public void awaitRead(String path) {
        members.forEach(member -> member.awaitRead(path));
    }

    @Override
    public void kill() {
        members.parallelStream().forEach(ServerProcess::kill);
    }

    @Override
    public void terminate() {
        members.parallelStream().forEach(ServerProcess::terminate);
    }

    @Override
    public void startAgain() {
        members.forEach(ServerProcess::startAgain);
    }

    @Override
    public long liveHeapBytes() {
        return members.stream().mapToLong(ServerProcess::liveHeapBytes).sum() / members.size();
    }

    @Override
    public Set<Path> snapshots() {
        return members.stream().flatMap(member -> member.snapshots().stream()).collect(Collectors.toSet());
    }

    /** Who leads now, as soon as somebody says so. */
    public ServerProcess leader() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - end < 0) {
            Optional<ServerProcess> leader =
                    members.stream().filter(ServerEnsemble::leads).findFirst();
            if (leader.isPresent()) {
                return leader.get();
            }
            pause();
        }
        throw new LoadException("Of " + name() + " nobody leads.");
    }

    private static boolean leads(ServerProcess member) {
        try (var socket = new Socket()) {
            socket.connect(member.address(), ANSWER_PATIENCE_MS);
            socket.setSoTimeout(ANSWER_PATIENCE_MS);
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.contains("Mode: leader");
        } catch (IOException notNow) {
            return false;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("Interrupted while looking for a leader.", e);
        }
    }

    /** Where all but one listen. */
    public List<InetSocketAddress> addressesBut(ServerProcess one) {
        return members.stream()
                .filter(member -> member != one)
                .map(ServerProcess::address)
                .toList();
    }

    public void strike(ServerProcess member, Blow blow) {
        blow.strike(member);
    }

    /** Returns when it serves again, and somebody leads. */
    public void undo(ServerProcess member, Blow blow) {
        blow.undo(member);
        awaitServing();
        leader();
    }

    @Override
    public String name() {
        return kind.title();
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return members.stream().map(ServerProcess::address).toList();
    }

    @Override
    public List<Long> pids() {
        return members.stream().flatMap(member -> member.pids().stream()).toList();
    }

    @Override
    public void close() {
        members.forEach(ServerProcess::close);
    }
}
