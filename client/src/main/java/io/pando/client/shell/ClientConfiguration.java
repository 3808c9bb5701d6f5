package io.pando.client.shell;

import io.pando.client.PandoBuilder;
import io.pando.client.connection.Tls.KeyFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A file of ZooKeeper's properties for clients, as {@code zkCli.sh -client-configuration} takes it. What it asks for is done or refused,
 * never passed over.
 *
 * @param requestTimeout null if it says nothing of it
 * @param mostBytes of a request or an answer; null if it says nothing of it
 */
record ClientConfiguration(
        Encryption encryption,
        @Nullable Duration requestTimeout,
        @Nullable Integer mostBytes) {
    static final ClientConfiguration EMPTY = new ClientConfiguration(Encryption.NONE, null, null);

    /** @throws MistakeException with all that is wrong with it */
    static ClientConfiguration read(Path file) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new MistakeException("The client configuration " + file + " can't be read: " + unreadable + ".");
        }
        return new Reading(properties).result(file);
    }

    PandoBuilder applyTo(PandoBuilder builder) {
        if (requestTimeout != null) {
            builder.requestTimeout(requestTimeout);
        }
        if (mostBytes != null) {
            builder.mostRequestBytes(mostBytes).mostReplyBytes(mostBytes);
        }
        return builder;
    }

    /** Takes out of the properties what has a meaning here, and notes what can't be done. */
    private static final class Reading {
        private final Properties left;
        private final List<String> problems = new ArrayList<>();

        Reading(Properties properties) {
            this.left = properties;
        }

        ClientConfiguration result(Path file) {
            boolean secure = isTrue("zookeeper.client.secure", false);
            // Both of ZooKeeper's own ways to speak to a server mean the one that there is here.
            take("zookeeper.clientCnxnSocket");
            KeyFile trusted = keyFile("zookeeper.ssl.trustStore");
            KeyFile own = keyFile("zookeeper.ssl.keyStore");
            only("zookeeper.ssl.hostnameVerification", true, "the host names in certificates are always checked");
            only("zookeeper.sasl.client", false, "SASL is not offered");
            Integer timeoutMs = number("zookeeper.request.timeout");
            Integer mostBytes = number("jute.maxbuffer");
            for (String key : new TreeSet<>(left.stringPropertyNames())) {
                problems.add(key + " is not supported");
            }
            if (!problems.isEmpty()) {
                throw new MistakeException("The client configuration " + file + " can't be followed: "
                        + String.join("; ", problems) + ".");
            }
            return new ClientConfiguration(
                    new Encryption(secure, trusted, own),
                    timeoutMs == null ? null : Duration.ofMillis(timeoutMs),
                    mostBytes);
        }

        private @Nullable String take(String key) {
            Object value = left.remove(key);
            return value == null || value.toString().isBlank()
                    ? null
                    : value.toString().strip();
        }

        private boolean isTrue(String key, boolean otherwise) {
            String value = take(key);
            if (value != null && !value.matches("(?i)true|false")) {
                problems.add(key + " is \"" + value + "\", and not true or false");
            }
            return value == null ? otherwise : Boolean.parseBoolean(value);
        }

        private void only(String key, boolean allowed, String because) {
            if (isTrue(key, allowed) != allowed) {
                problems.add(key + " has to be " + allowed + ", for " + because);
            }
        }

        /** Above 0, decimal or hexadecimal; ZooKeeper's 0 for a timeout means none, which is what is said by leaving it out. */
        private @Nullable Integer number(String key) {
            String value = take(key);
            if (value == null) {
                return null;
            }
            try {
                int number = Integer.decode(value);
                if (number > 0) {
                    return number;
                }
            } catch (NumberFormatException none) {
                // It is named below.
            }
            problems.add(key + " is \"" + value + "\", and not a number from 1 on");
            return null;
        }

        private @Nullable KeyFile keyFile(String prefix) {
            String location = take(prefix + ".location");
            String password = take(prefix + ".password");
            String passwordPath = take(prefix + ".passwordPath");
            String type = take(prefix + ".type");
            if (type != null && !type.matches("(?i)JKS|PKCS12")) {
                problems.add(prefix + ".type is \"" + type + "\", and not JKS or PKCS12");
            }
            if (location == null) {
                return null;
            }
            try {
                if (passwordPath != null) {
                    return new KeyFile(Path.of(location), TlsOptions.passwordIn(Path.of(passwordPath)));
                }
                return new KeyFile(Path.of(location), password == null ? "" : password);
            } catch (InvalidPathException none) {
                problems.add(prefix + " names what is no file: " + none.getMessage());
                return null;
            }
        }
    }
}
