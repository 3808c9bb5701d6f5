package io.pando.test.bench;

import io.pando.test.bench.client.ClientLibrary;
import io.pando.test.bench.client.ClientTarget;
import io.pando.test.bench.target.Installation;
import io.pando.test.bench.target.ServerKind;
import io.pando.test.bench.target.Servers;
import io.pando.test.bench.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Who takes part: one server that runs somewhere, or servers or ensembles of some kinds, started here; or client libraries on one
 * of these.
 */
interface Contenders {
    /** Those that stay from case to case; started when first asked for. */
    List<Target> lasting();

    /** Lets {@code work} have one after the other, each new, without data and with these settings besides the usual ones. */
    void eachFresh(Map<String, String> settings, Consumer<Target> work);

    /** Processes of this machine whose work is what we measure. */
    List<Long> pids();

    static Contenders running(Target target) {
        return new Contenders() {
            @Override
            public List<Target> lasting() {
                return List.of(target);
            }

            @Override
            public void eachFresh(Map<String, String> settings, Consumer<Target> work) {
                work.accept(target);
            }

            @Override
            public List<Long> pids() {
                return target.pids();
            }
        };
    }

    /** Every library, on the first of the servers. */
    static Contenders clients(Installation installation, Contenders servers) {
        return new Contenders() {
            @Override
            public List<Target> lasting() {
                var server = servers.lasting().getFirst();
                return Stream.of(ClientLibrary.values())
                        .<Target>map(library -> new ClientTarget(library, installation, server))
                        .toList();
            }

            @Override
            public void eachFresh(Map<String, String> settings, Consumer<Target> work) {
                lasting().forEach(work);
            }

            @Override
            public List<Long> pids() {
                return servers.pids();
            }
        };
    }

    /** {@code size}: how many servers of each kind, which agree if there are several. */
    static Contenders started(List<ServerKind> kinds, int size, Servers servers) {
        return new Contenders() {
            private final List<Target> lasting = new ArrayList<>();

            @Override
            public List<Target> lasting() {
                if (lasting.isEmpty()) {
                    kinds.forEach(kind -> lasting.add(servers.start(kind, size, Map.of())));
                }
                return lasting;
            }

            @Override
            public void eachFresh(Map<String, String> settings, Consumer<Target> work) {
                for (var kind : kinds) {
                    var server = servers.start(kind, size, settings);
                    work.accept(server);
                    servers.end(server);
                }
            }

            @Override
            public List<Long> pids() {
                return servers.pids();
            }
        };
    }
}
