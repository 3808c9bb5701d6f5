package io.pando.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationGuideTest {
    @Test
    void the_guide_lists_every_key_as_it_is() throws IOException {
        var rows = Files.readAllLines(Path.of("..", "docs", "configuration.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertEquals(Listing.keys().stream().map(ConfigurationGuideTest::row).toList(), rows);
    }

    private static String row(Listing.KnownSetting key) {
        var fallback = key.fallback().isEmpty() ? "none" : key.fallback();
        return "| `" + key.name() + "` | " + fallback + " | " + key.allowed().replace("|", "\\|") + " | " + key.about()
                + " |";
    }
}
