package io.pando.client.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.datatree.Acl;
import io.pando.test.fuzz.Decoder;
import io.pando.test.fuzz.Decoder.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the shell reads: lines, ACLs, files with properties. Here, since nobody else may know how. */
public final class ShellDecoders {
    private ShellDecoders() {}

    public static List<Decoder> all() {
        return List.of(line(), acl(), properties(), importFile());
    }

    private static Decoder line() {
        return Decoder.of(
                "shell-line",
                List.of("create -e '/a b' \"c\\\"d\" e\\ f".getBytes(UTF_8)),
                input -> Words.of(new String(input, UTF_8)),
                new Memory(100),
                Set.of(IllegalArgumentException.class));
    }

    private static Decoder acl() {
        return Decoder.of(
                        "shell-acl",
                        List.of("world:anyone:r,digest:user:hash=:cdrwa,ip:10.0.0.0/8:rw".getBytes(UTF_8)),
                        input -> AclText.parse(new String(input, UTF_8)),
                        new Memory(400),
                        Set.of(MistakeException.class))
                .writtenBy(value -> ((List<?>) value)
                        .stream()
                                .map(entry -> AclText.of((Acl) entry))
                                .collect(Collectors.joining(","))
                                .getBytes(UTF_8));
    }

    private static Decoder properties() {
        Path file = temporaryFile(".properties");
        String text = """
            zookeeper.client.secure=false
            zookeeper.request.timeout=5000
            jute.maxbuffer=0xfffff
            zookeeper.ssl.trustStore.location=trust.p12
            zookeeper.ssl.trustStore.password=secret
            zookeeper.ssl.trustStore.type=PKCS12
            """;
        return Decoder.of(
                "shell-properties",
                List.of(text.getBytes(UTF_8)),
                input -> {
                    Files.write(file, input);
                    return ClientConfiguration.read(file);
                },
                new Memory(400),
                Set.of(MistakeException.class));
    }

    /** What {@code export} has written, or a person: looked at as a whole before anything is created. */
    private static Decoder importFile() {
        Path file = temporaryFile(".json");
        String text = """
            {"data": "a\\u00e9", "acl": ["world:anyone:r", "ip:10.0.0.0/8:rw"], "children": {
              "binary": {"base64": "AAEC/w=="},
              "nothing": {"data": null, "kind": "ephemeral"},
              "short-lived": {"kind": "ttl", "ttlMs": 60000, "children": {"container": {"kind": "container"}}}}}
            """;
        return Decoder.of(
                "shell-import",
                List.of(text.getBytes(UTF_8)),
                input -> {
                    Files.write(file, input);
                    return TransferCommands.plan("/top", file);
                },
                new Memory(4_000), // each znode has its whole path
                Set.of(MistakeException.class));
    }

    private static Path temporaryFile(String suffix) {
        try {
            Path file = Files.createTempFile("pando-fuzz", suffix);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
