package io.pando.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.server.config.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read without picocli is what picocli would read. */
class PlainArgumentsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("PANDO_SET_TICKTIME", "2000");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server",
                "server -c zoo.cfg",
                "server --config /etc/zoo.cfg",
                "server -s dataDir=/tmp/a=b -s clientPort=0",
                "server --set server.1=127.0.0.1:1:2 -c ./zoo.cfg -s x=",
                "server -s server -c config",
                "server -s 4lw.commands.whitelist=*,a;b -c ../a,b.cfg"
            })
    void picocli_would_understand_the_same(String line) {
        String[] arguments = line.split(" ", -1);
        var parsed =
                PandoCommand.line(ENVIRONMENT).parseArgs(arguments).subcommand().commandSpec();
        Optional<Path> file = parsed.findOption("-c").getValue();
        List<String> sets = parsed.findOption("-s").getValue();

        assertEquals(Optional.of(new Sources(file, ENVIRONMENT, sets)), PlainArguments.of(arguments, ENVIRONMENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "help",
                "config -c zoo.cfg",
                "server --help",
                "server -h -c",
                "server zoo.cfg",
                "server -c",
                "server -c a -c b",
                "server -c=zoo.cfg",
                "server -czoo.cfg",
                "server -c -s",
                "server -c @arguments",
                "server -s \"a=b\"",
                "server -s ",
                "server -x a"
            })
    void whatever_may_mean_more_is_left_to_picocli(String line) {
        assertEquals(Optional.empty(), PlainArguments.of(line.split(" ", -1), ENVIRONMENT));
    }
}
