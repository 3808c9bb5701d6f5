package io.pando.test.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.client.ServerList;
import io.pando.datatree.Acl;
import io.pando.datatree.Id;
import io.pando.datatree.Perms;
import io.pando.server.auth.AccessControl;
import io.pando.server.auth.InvalidAclException;
import io.pando.server.config.ConfigException;
import io.pando.server.config.ConfigLoader;
import io.pando.server.config.Sources;
import io.pando.test.fuzz.Decoder.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Texts that people and programs hand over. Bytes that are no UTF-8 become replacement characters on the way, except in files. */
final class TextDecoders {
    private static final String CONFIGURATION = """
        # a comment
        tickTime=2000
        dataDir=target/nowhere
        dataLogDir : target/nowhere/log
        clientPort=2181
        maxClientCnxns=60
        jute.maxbuffer=1048575
        myid=1
        server.1=a.example:2888:3888;0.0.0.0:2181
        server.2=[::1]:2888:3888:observer;2181
        server.3=10.0.0.3:2888:3888:participant
        group.1=1:3
        weight.3=2
        4lw.commands.whitelist=srvr, mntr
        init\\
            Limit=1\\u0030
        """;

    private TextDecoders() {}

    static List<Decoder> all() {
        return List.of(configuration(), settings(), myId(), connectString(), ipAcl());
    }

    /** A file, read as a file. */
    private static Decoder configuration() {
        Path file = temporaryFile();
        return Decoder.of(
                "configuration",
                List.of(CONFIGURATION.getBytes(UTF_8)),
                input -> {
                    Files.write(file, input);
                    return ConfigLoader.load(new Sources(Optional.of(file), Map.of(), List.of()))
                            .config();
                },
                // Every key that is unknown is compared with all that are known, for a suggestion.
                new Memory(20_000),
                Set.of(ConfigException.class));
    }

    /** What follows --set, and variables. */
    private static Decoder settings() {
        return Decoder.of(
                "setting",
                Stream.of("tickTime=3000", "JUTE_MAXBUFFER=4096", "server.1=h:1:2", "4lw.commands.whitelist=srvr, mntr")
                        .map(text -> text.getBytes(UTF_8))
                        .toList(),
                input -> {
                    String text = new String(input, UTF_8);
                    String[] parts = text.split("=", 2);
                    Map<String, String> variables = Map.of("PANDO_SET_" + parts[0], parts[parts.length - 1]);
                    return ConfigLoader.load(new Sources(Optional.empty(), variables, List.of("tickTime=1", text)))
                            .config();
                },
                new Memory(20_000),
                Set.of(ConfigException.class));
    }

    /** The file that says which of the listed servers one is. */
    private static Decoder myId() {
        Path file = temporaryDirectory().resolve("myid");
        List<String> settings = List.of(
                "dataDir=" + file.getParent(), "clientPort=2181", "server.1=a:2888:3888", "server.254=b:2888:3888");
        return Decoder.of(
                "myid",
                Stream.of("1", "254\n", " 1 \r\n", "\u0661")
                        .map(text -> text.getBytes(UTF_8))
                        .toList(),
                input -> {
                    Files.write(file, input);
                    return ConfigLoader.load(new Sources(Optional.empty(), Map.of(), settings))
                            .config();
                },
                new Memory(20_000),
                Set.of(ConfigException.class));
    }

    private static Decoder connectString() {
        return Decoder.of(
                        "connect-string",
                        List.of("127.0.0.1:2181,[::1]:2182,host.example/a/b".getBytes(UTF_8), "host".getBytes(UTF_8)),
                        input -> ServerList.parse(new String(input, UTF_8)),
                        new Memory(200),
                        Set.of(IllegalArgumentException.class))
                .writtenBy(value -> value.toString().getBytes(UTF_8));
    }

    /** Whom an ACL of the scheme {@code ip} names: an address or a network, which is then asked whether it has somebody in it. */
    private static Decoder ipAcl() {
        AccessControl access = new AccessControl(null, null, true);
        List<Id> clients = List.of(new Id("ip", "10.1.2.3"), new Id("ip", "fe80:0:0:0:0:0:0:1%eth0"));
        return Decoder.of(
                "ip-acl",
                Stream.of("10.0.0.0/8", "10.1.2.3", "fe80::/10", "::ffff:10.1.2.3", "fe80::1%eth0/128", "0.0.0.0/0")
                        .map(text -> text.getBytes(UTF_8))
                        .toList(),
                input -> {
                    Acl entry = new Acl(Perms.READ, new Id("ip", new String(input, UTF_8)));
                    List<Acl> acl = access.effectiveAcl(List.of(entry), List.of());
                    return access.allows(clients, acl, Perms.READ);
                },
                new Memory(400),
                Set.of(InvalidAclException.class));
    }

    private static Path temporaryDirectory() {
        try {
            Path directory = Files.createTempDirectory("pando-fuzz");
            directory.toFile().deleteOnExit();
            directory.resolve("myid").toFile().deleteOnExit(); // before the directory: the last comes first
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryFile() {
        try {
            Path file = Files.createTempFile("pando-fuzz", ".cfg");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
