package io.pando.recipes.discovery;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One of those who offer a service.
 *
 * @param name of the service
 * @param id tells it from other instances of the service, and is the name of its znode
 * @param address a host name or an IP address; empty if it is not said
 * @param payload what else others are to know, as JSON
 * @param registered when it was
 * @param uriSpec a pattern for {@link #uri}: text with {@code {scheme}}, {@code {address}}, {@code {port}}, …
 * @param enabled whether it wants to be called
 */
public record ServiceInstance(
        String name,
        String id,
        String address,
        OptionalInt port,
        OptionalInt sslPort,
        Optional<String> payload,
        Instant registered,
        Kind kind,
        Optional<String> uriSpec,
        boolean enabled) {

    /** Begins to describe an instance of a service, with an id of its own. */
    public static Builder of(String name) {
        return new Builder(name);
    }

    /**
     * Where to call it, made from the pattern; {@code {scheme}} is {@code https} if there is a TLS port, which is {@code {ssl-port}}.
     *
     * @throws IllegalStateException when there is no pattern
     */
    public String uri() {
        return UriPattern.of(uriSpec.orElseThrow(
                        () -> new IllegalStateException(id + " of " + name + " has no URI pattern")))
                .fill(this);
    }

    /** The same one, wanting to be called or not. */
    public ServiceInstance enabled(boolean wanted) {
        return new ServiceInstance(name, id, address, port, sslPort, payload, registered, kind, uriSpec, wanted);
    }

    /** What is known of an instance that is to be registered. Used by one thread. */
    public static final class Builder {
        private final String name;
        private String id = UUID.randomUUID().toString();
        private String address = "";
        private OptionalInt port = OptionalInt.empty();
        private OptionalInt sslPort = OptionalInt.empty();
        private @Nullable String payload;
        private @Nullable String uriSpec;
        private Kind kind = Kind.DYNAMIC;
        private boolean enabled = true;

        Builder(String name) {
            if (name.isEmpty() || name.indexOf('/') >= 0) {
                throw new IllegalArgumentException("\"" + name + "\" can't be the name of a znode");
            }
            this.name = name;
        }

        /** A lasting name; otherwise a random one. */
        public Builder id(String own) {
            if (own.isEmpty() || own.indexOf('/') >= 0) {
                throw new IllegalArgumentException("\"" + own + "\" can't be the name of a znode");
            }
            this.id = own;
            return this;
        }

        public Builder address(String host) {
            this.address = host;
            return this;
        }

        public Builder port(int number) {
            this.port = OptionalInt.of(number);
            return this;
        }

        public Builder sslPort(int number) {
            this.sslPort = OptionalInt.of(number);
            return this;
        }

        /**
         * What else others are to know.
         *
         * @param json any JSON; Curator's instances read an object with {@code @class} as that class
         */
        public Builder payload(String json) {
            this.payload = json;
            return this;
        }

        public Builder uriSpec(String pattern) {
            this.uriSpec = pattern;
            return this;
        }

        public Builder kind(Kind wanted) {
            this.kind = wanted;
            return this;
        }

        /** It is registered and does not want to be called. */
        public Builder disabled() {
            this.enabled = false;
            return this;
        }

        public ServiceInstance build() {
            return new ServiceInstance(
                    name,
                    id,
                    address,
                    port,
                    sslPort,
                    Optional.ofNullable(payload),
                    Instant.ofEpochMilli(System.currentTimeMillis()),
                    kind,
                    Optional.ofNullable(uriSpec),
                    enabled);
        }
    }
}
