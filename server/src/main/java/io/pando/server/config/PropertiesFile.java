package io.pando.server.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Reads a properties file as {@link Properties} does, and knows the line of every key.
 *
 * <p>It only finds where a logical line begins and ends; what such a line means (separators, escapes) is left to {@link Properties}, so
 * that both can't disagree.
 */
final class PropertiesFile {
    private final Path file;
    private final List<String> problems;
    private final List<Given> givens = new ArrayList<>();

    private PropertiesFile(Path file, List<String> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** All keys in the order of the file; what can't be read is added to {@code problems}. */
    static List<Given> read(Path file, List<String> problems) {
        var reader = new PropertiesFile(file, problems);
        try {
            reader.read(Files.readAllLines(file));
        } catch (NoSuchFileException missing) {
            problems.add(file + " does not exist.");
        } catch (MalformedInputException notUtf8) {
            problems.add(file + " is not a text in UTF-8.");
        } catch (IOException unreadable) {
            problems.add(file + " can't be read: " + unreadable.getMessage());
        }
        return reader.givens;
    }

    private void read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            var first = i;
            var logical = new StringBuilder(lines.get(i));
            while (isContinued(logical) && !isComment(lines.get(first)) && i + 1 < lines.size()) {
                logical.append('\n').append(lines.get(++i));
            }
            readLogicalLine(logical.toString(), first + 1);
        }
    }

    private void readLogicalLine(String text, int line) {
        var one = new Properties();
        try {
            one.load(new StringReader(text + '\n'));
        } catch (IllegalArgumentException badEscape) {
            problems.add(
                    new Origin.InFile(file, line).describe() + ": \\u must be followed by four hexadecimal digits.");
        } catch (IOException impossible) {
            throw new IllegalStateException("A string can always be read", impossible);
        }
        for (var key : one.stringPropertyNames()) {
            givens.add(new Given(key, one.getProperty(key).strip(), new Origin.InFile(file, line)));
        }
    }

    private static boolean isComment(String line) {
        var text = line.stripLeading();
        return text.startsWith("#") || text.startsWith("!");
    }

    /** A line goes on if it ends in an odd number of backslashes: the last one is not itself escaped. */
    private static boolean isContinued(CharSequence line) {
        int backslashes = 0;
        for (int i = line.length() - 1; i >= 0 && line.charAt(i) == '\\'; i--) {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
