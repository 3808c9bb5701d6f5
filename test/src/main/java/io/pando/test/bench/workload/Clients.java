package io.pando.test.bench.workload;

import io.pando.test.bench.client.Calls.Operation;
import io.pando.test.bench.client.ClientTarget;
import io.pando.test.bench.client.IdleSessions;
import io.pando.test.bench.load.LoadException;
import io.pando.test.bench.target.Target;
import java.util.List;

/** The workload that compares client libraries on one server, where all others compare servers. */
final class Clients {
    static final String CLIENT = "client";

    private Clients() {}

    static List<Case> cases(Settings settings) {
        return List.of(
                new ClientCallsCase(Operation.GET, ClientCallsCase.PIPELINED, settings),
                new ClientCallsCase(Operation.SET, ClientCallsCase.PIPELINED, settings),
                new ClientCallsCase(Operation.GET, 1, settings),
                new ClientCallsCase(Operation.SET, 1, settings),
                new ClientSessionsCase(new IdleSessions(settings.sessions())));
    }

    static ClientTarget of(Target target) {
        if (target instanceof ClientTarget client) {
            return client;
        }
        throw new LoadException("The workload " + CLIENT + " has to be asked for by itself.");
    }
}
