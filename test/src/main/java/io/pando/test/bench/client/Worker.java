package io.pando.test.bench.client;

import java.util.Arrays;
import java.util.List;

/** The program that runs in a JVM of its own, with the jars of one library: {@code LIBRARY HOST:PORT WORK...}. */
final class Worker {
    private Worker() {}

    public static void main(String[] args) throws Exception {
        var library = ClientLibrary.valueOf(args[0]);
        System.out.print(work(library, args[1], Arrays.asList(args).subList(2, args.length))
                .inLines());
        System.out.flush();
        // Not all libraries' threads are daemons.
        System.exit(0);
    }

    private static Findings work(ClientLibrary library, String server, List<String> work) throws Exception {
        if (work.getFirst().equals(IdleSessions.WORK)) {
            return IdleSessions.of(work).run(library, server);
        }
        try (var client = library.open(server)) {
            return new CallLoop(client, Calls.of(work)).run();
        }
    }
}
