package io.pando.test.torture;

import io.pando.test.harness.Await;
import io.pando.test.harness.ZooKeeperClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** All clients. */
final class Crew {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PROGRESS = 2;

    private final List<Client> clients = new ArrayList<>();

    private Crew() {}

    /** Lets all begin, each with a chance of its own that comes from the seed. */
    static Crew begin(List<Workload> workloads, Site site, ClientLinks links, long seed) throws Exception {
        ZooKeeperClients.use(site.ensemble().connectString(), Session.TIMEOUT_MS, client -> {
            for (Workload workload : workloads) workload.prepare(client);
            return client;
        });
        Crew crew = new Crew();
        Random seeds = new Random(seed);
        for (Workload workload : workloads) {
            crew.clients.addAll(workload.clients(links.connectString(), () -> new Random(seeds.nextLong())));
        }
        crew.clients.forEach(Client::start);
        return crew;
    }

    int size() {
        return clients.size();
    }

    /** Returns when everybody has got on since now; who does not, if somebody does not. */
    Optional<String> awaitProgress() {
        Map<Client, Integer> enough = new HashMap<>();
        clients.forEach(client -> enough.put(client, client.turns() + PROGRESS));
        boolean all = Await.happens(PATIENCE, () -> behind(enough).isEmpty());
        return all
                ? Optional.empty()
                : Optional.of(behind(enough) + " do not get on for " + PATIENCE.toSeconds()
                        + " s, although all servers serve");
    }

    private static List<Client> behind(Map<Client, Integer> enough) {
        return enough.entrySet().stream()
                .filter(each -> each.getKey().turns() < each.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Lets everybody finish what they do. */
    void stop() throws InterruptedException {
        clients.forEach(Client::tellToStop);
        for (Client client : clients) client.awaitEnd();
    }
}
