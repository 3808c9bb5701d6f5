package io.pando.recipes.discovery;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Which instance to call next. May be used by several threads. */
@FunctionalInterface
public interface Strategy {
    /**
     * One of them.
     *
     * @param instances those that can be called, in the order of their ids
     * @return empty if there are none
     */
    Optional<ServiceInstance> pick(List<ServiceInstance> instances);

    /** Any, each as likely as the others. */
    static Strategy random() {
        RandomGenerator chance = RandomGenerator.getDefault();
        return instances -> {
            synchronized (chance) {
                return instances.isEmpty()
                        ? Optional.empty()
                        : Optional.of(instances.get(chance.nextInt(instances.size())));
            }
        };
    }

    /** One after another. */
    static Strategy roundRobin() {
        AtomicInteger turn = new AtomicInteger();
        return instances -> instances.isEmpty()
                ? Optional.empty()
                : Optional.of(instances.get(Math.floorMod(turn.getAndIncrement(), instances.size())));
    }

    /** Always the same for as long as it can be called; then another, which {@code first} picks. */
    static Strategy sticky(Strategy first) {
        AtomicReference<@Nullable String> chosen = new AtomicReference<>();
        return instances -> {
            String id = chosen.get();
            Optional<ServiceInstance> same = instances.stream()
                    .filter(instance -> instance.id().equals(id))
                    .findFirst();
            if (same.isPresent()) {
                return same;
            }
            Optional<ServiceInstance> other = first.pick(instances);
            chosen.set(other.map(ServiceInstance::id).orElse(null));
            return other;
        };
    }
}
