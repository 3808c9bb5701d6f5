package io.pando.recipes.discovery;

import io.pando.client.Pando;
import io.pando.client.error.NoNodeException;
import io.pando.datatree.ZnodePath;
import io.pando.recipes.persistent.PersistentNode;
import io.pando.recipes.steps.Asker;
import io.pando.recipes.steps.Steps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Services and their instances, below one znode: {@code base/service/instance}, as Curator's service discovery has them, so that its
 * users and those of this class see each other.
 *
 * <pre>{@code
 * var discovery = new Discovery(pando, "/services");
 * Registration mine = discovery.register(ServiceInstance.of("mail").address("10.0.0.1").port(9000).build());
 * try (Provider mail = discovery.provide("mail", Strategy.roundRobin())) {
 *     mail.awaitInSync(Duration.ofSeconds(10));
 *     mail.pick().ifPresent(instance -> call(instance));
 * }
 * }</pre>
 *
 * <p>Not a promise: that an instance that is listed answers. It is listed until the session of its process ends. Used by any thread.
 */
public final class Discovery {
    private final Pando pando;
    private final String base;

    /**
     * Services.
     *
     * @param base path of the znode below which they are
     */
    public Discovery(Pando pando, String base) {
        this.pando = pando;
        this.base = base;
    }

    /**
     * Registers an instance and keeps it registered. One of the same id that an earlier process has left there is replaced.
     *
     * @throws IllegalArgumentException when the payload is no JSON
     */
    public Registration register(ServiceInstance instance) {
        return new Registration(
                instance,
                PersistentNode.at(pando, ZnodePath.childOf(service(instance.name()), instance.id()))
                        .mode(instance.kind().mode())
                        .data(InstanceJson.encode(instance))
                        .replacingOlder()
                        .open());
    }

    /** The names of all services, in alphabetical order, also of those that have no instance right now. */
    public List<String> names() throws InterruptedException {
        return Steps.now(this::names);
    }

    /** As {@link #names()}. */
    public CompletableFuture<List<String>> namesAsync() {
        return Steps.async(this::names);
    }

    /** The instances of a service, in the order of their ids, those included that do not want to be called. */
    public List<ServiceInstance> instances(String name) throws InterruptedException {
        return Steps.now(asker -> instances(asker, name));
    }

    /** As {@link #instances(String)}. */
    public CompletableFuture<List<ServiceInstance>> instancesAsync(String name) {
        return Steps.async(asker -> instances(asker, name));
    }

    /** Follows a service and picks instances of it to be called, with the usual {@link DownPolicy}. */
    public Provider provide(String name, Strategy strategy) {
        return provide(name, strategy, DownPolicy.DEFAULT);
    }

    /** Follows a service and picks instances of it to be called. */
    public Provider provide(String name, Strategy strategy, DownPolicy policy) {
        return new Provider(pando, service(name), strategy, policy);
    }

    private String service(String name) {
        return ZnodePath.childOf(base, name);
    }

    private CompletableFuture<List<String>> names(Asker asker) {
        return Steps.orIf(
                NoNodeException.class,
                asker.ask(pando.getChildren(base))
                        .thenApply(
                                children -> children.names().stream().sorted().toList()),
                absent -> CompletableFuture.completedFuture(List.of()));
    }

    private CompletableFuture<List<ServiceInstance>> instances(Asker asker, String name) {
        return Steps.orIf(
                NoNodeException.class,
                asker.ask(pando.getChildren(service(name)))
                        .thenCompose(children -> instances(asker, name, children.names(), 0, new ArrayList<>())),
                absent -> CompletableFuture.completedFuture(List.of()));
    }

    private CompletableFuture<List<ServiceInstance>> instances(
            Asker asker, String name, List<String> nodes, int from, List<ServiceInstance> found) {
        if (from == nodes.size()) {
            found.sort(Comparator.comparing(ServiceInstance::id));
            return CompletableFuture.completedFuture(List.copyOf(found));
        }
        CompletableFuture<Optional<ServiceInstance>> instance = Steps.orIf(
                NoNodeException.class,
                asker.ask(pando.getData(ZnodePath.childOf(service(name), nodes.get(from))))
                        .thenApply(read -> InstanceJson.decode(read.data())),
                gone -> CompletableFuture.completedFuture(Optional.empty()));
        return instance.thenCompose(read -> {
            read.ifPresent(found::add);
            return instances(asker, name, nodes, from + 1, found);
        });
    }

    @Override
    public String toString() {
        return "services at " + base;
    }
}
