package io.pando.test.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws what happens next, on connections that come and go; most of it are {@link Requests}. */
final class Steps {
    private final RandomGenerator random;
    private final Paths paths;
    private final AccessLists accessLists;
    private final Requests requests;
    private final int connections;

    Steps(RandomGenerator random, int connections) {
        this.random = random;
        this.connections = connections;
        this.paths = new Paths(random);
        this.accessLists = new AccessLists(random);
        this.requests = new Requests(random, paths, accessLists);
    }

    /** The next step, given how the connections stand, which is the same at both servers. */
    Step next(Side side) {
        int connection = random.nextInt(connections);
        return new Step(connection, action(side.hasSession(connection), side.isConnected(connection)));
    }

    private Step.Action action(boolean session, boolean connected) {
        if (!session) return new Step.Open();
        int chance = random.nextInt(1000);
        if (!connected) return new Step.Reattach(chance > 200);
        if (chance < 15) return new Step.Drop();
        if (chance < 25) return new Step.CloseSession();
        if (chance < 55) return accessLists.identity();
        if (chance < 70) return setWatches();
        return requests.draw();
    }

    private Step.Action setWatches() {
        List<List<String>> byKind = new ArrayList<>();
        int kinds = random.nextBoolean() ? 3 : 5;
        while (byKind.size() < kinds) {
            List<String> some = new ArrayList<>();
            for (int left = random.nextInt(3); left > 0; left--) some.add(paths.sensible());
            byKind.add(some);
        }
        return new Step.SetWatches(byKind);
    }

    /** Takes up what a transcript shows, so that later requests meet what exists. */
    void learnFrom(String transcript) {
        int at = transcript.indexOf("path /");
        if (at < 0) return;
        int end = transcript.indexOf('\n', at);
        String path = transcript.substring(at + "path ".length(), end);
        paths.learn(path.replaceFirst("[ ;\\]].*", ""));
    }
}
