package io.pando.test.recipes.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.recipes.discovery.Discovery;
import io.pando.recipes.discovery.DownPolicy;
import io.pando.recipes.discovery.Provider;
import io.pando.recipes.discovery.Registration;
import io.pando.recipes.discovery.ServiceInstance;
import io.pando.recipes.discovery.Strategy;
import io.pando.test.harness.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.apache.curator.x.discovery.ServiceDiscoveryBuilder;
import org.apache.curator.x.discovery.UriSpec;
import org.junit.jupiter.api.Test;

/** Who is registered is found, by our discovery and Curator's alike, and calls go to those that want them and answer. */
abstract class Services extends DataRecipes {
    @Test
    void curator_finds_what_we_register_with_all_that_is_said_of_it() throws Exception {
        ServiceInstance mail = ServiceInstance.of("mail")
                .id("m1")
                .address("10.0.0.1")
                .port(9000)
                .sslPort(9443)
                .uriSpec("{scheme}://{address}:{ssl-port}/mail")
                .payload("{\"zone\":\"a\",\"weight\":3}")
                .build();
        register(new Discovery(pando(), path("services")), mail);

        var found = curators().queryForInstance("mail", "m1");

        assertEquals("10.0.0.1", found.getAddress());
        assertEquals(9000, found.getPort());
        assertEquals(9443, found.getSslPort());
        assertEquals(Map.of("zone", "a", "weight", 3), found.getPayload());
        assertEquals(mail.registered().toEpochMilli(), found.getRegistrationTimeUTC());
        assertTrue(found.isEnabled());
        assertEquals("https://10.0.0.1:9443/mail", found.buildUriSpec());
        assertEquals("https://10.0.0.1:9443/mail", mail.uri());
        assertEquals(List.of("mail"), List.copyOf(curators().queryForNames()));
    }

    @Test
    void we_find_what_curator_registers_and_miss_it_when_it_is_gone() throws Exception {
        Provider provider =
                server().closing(new Discovery(pando(), path("services")).provide("mail", Strategy.random()));
        var theirs = org.apache.curator.x.discovery.ServiceInstance.builder()
                .name("mail")
                .id("c1")
                .address("10.0.0.2")
                .port(9001)
                .payload("blue")
                .uriSpec(new UriSpec("{scheme}://{address}:{port}"))
                .build();
        ServiceDiscovery<Object> curators = curators();
        curators.registerService(theirs);

        // Curator registers once more when it hears that it is connected, and is absent for a moment then.
        ServiceInstance found = Await.value("it is found", () -> provider.pick().orElse(null));
        assertEquals("c1", found.id());
        assertEquals("\"blue\"", found.payload().orElseThrow());
        assertEquals("http://10.0.0.2:9001", found.uri());
        Discovery discovery = new Discovery(pando(), path("services"));
        assertEquals(List.of("mail"), discovery.names());
        Await.until("it is listed", () -> discovery.instances("mail").equals(List.of(found)));

        curators.unregisterService(theirs);
        Await.until("it is missed", () -> provider.pick().isEmpty());
    }

    @Test
    void listeners_hear_of_every_latest_set_of_instances() throws Exception {
        Discovery discovery = new Discovery(pando(), path("services"));
        Provider provider = server().closing(discovery.provide("mail", Strategy.roundRobin()));
        List<List<String>> heard = new CopyOnWriteArrayList<>();
        provider.listen(all -> heard.add(all.stream().map(ServiceInstance::id).toList()));

        Registration one =
                register(discovery, ServiceInstance.of("mail").id("1").build());
        register(discovery, ServiceInstance.of("mail").id("2").build());
        one.unregisterAsync().get(30, TimeUnit.SECONDS);

        Await.until(
                "the last set is heard of", () -> heard.get(heard.size() - 1).equals(List.of("2")));
    }

    @Test
    void round_robin_takes_turns_sticky_stays_and_both_leave_out_who_does_not_want_calls() throws Exception {
        Discovery discovery = new Discovery(pando(), path("services"));
        for (String id : List.of("1", "2", "3")) {
            register(discovery, ServiceInstance.of("mail").id(id).build());
        }
        register(discovery, ServiceInstance.of("mail").id("4").disabled().build());
        Provider inTurn = provider(discovery, Strategy.roundRobin());
        Provider sticky = provider(discovery, Strategy.sticky(Strategy.roundRobin()));

        assertEquals(4, inTurn.all().size());
        for (String id : List.of("1", "2", "3", "1")) {
            assertEquals(id, inTurn.pick().orElseThrow().id());
        }
        for (int i = 0; i < 3; i++) {
            assertEquals("1", sticky.pick().orElseThrow().id());
        }
    }

    @Test
    void who_fails_is_left_out_and_when_all_fail_none_is() throws Exception {
        Discovery discovery = new Discovery(pando(), path("services"));
        ServiceInstance bad = ServiceInstance.of("mail").id("bad").build();
        ServiceInstance good = ServiceInstance.of("mail").id("good").build();
        register(discovery, bad);
        register(discovery, good);
        Provider provider = provider(discovery, Strategy.roundRobin());

        provider.noteError(bad);
        provider.noteError(bad);

        for (int i = 0; i < 5; i++) {
            assertEquals("good", provider.pick().orElseThrow().id());
        }
        provider.noteError(good);
        provider.noteError(good);
        assertTrue(provider.pick().isPresent());
    }

    @Test
    void an_instance_is_gone_with_its_session_and_registered_again_under_the_next() throws Exception {
        Pando unlucky = pando();
        Registration registration = register(
                new Discovery(unlucky, path("services")),
                ServiceInstance.of("mail").id("1").address("before").build());
        registration
                .updateAsync(ServiceInstance.of("mail").id("1").address("after").build())
                .get(30, TimeUnit.SECONDS);

        expire(unlucky);

        Discovery others = new Discovery(pando(), path("services"));
        Await.until(
                "it is registered again",
                () -> pando().exists(path("services/mail/1"))
                                .now()
                                .orElseThrow()
                                .ephemeralOwner()
                        == unlucky.session().orElseThrow().id());
        assertEquals("after", others.instances("mail").get(0).address());
        assertFalse(others.names().isEmpty());
    }

    private Provider provider(Discovery discovery, Strategy strategy) throws Exception {
        Provider provider =
                server().closing(discovery.provide("mail", strategy, new DownPolicy(2, Duration.ofMinutes(5))));
        provider.awaitInSync(PATIENCE);
        return provider;
    }

    private Registration register(Discovery discovery, ServiceInstance instance) throws Exception {
        Registration registration = server().closing(discovery.register(instance));
        registration.awaitRegistered(PATIENCE);
        return registration;
    }

    private ServiceDiscovery<Object> curators() throws Exception {
        ServiceDiscovery<Object> discovery = ServiceDiscoveryBuilder.builder(Object.class)
                .client(curator())
                .basePath(path("services"))
                .build();
        discovery.start();
        return server().closing(discovery);
    }
}
