package dev.loupe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users read has none of the words that decision 32 lists; each one is named with its file and line. */
class PlainWordsTest {
    private static final Path HOME =
            Path.of(System.getProperty("loupe.home", "..")).normalize();
    private static final Path RECORD = HOME.resolve("runner/docs/decisions/0032-words-that-users-read.md");
    private static final List<String> PROSE = List.of("README.md", "CONTRIBUTING.md", "models/README.md");

    /** A row of the record's table: an expression in backticks, and what to write. */
    private static final Pattern ROW = Pattern.compile("\\| `(.+)` \\| (.+) \\|");

    private static final Pattern ALTERNATIVES = Pattern.compile("\\(([a-zA-Z]+(?:,[a-zA-Z]+)+)\\)");

    /** Comments and characters are passed over, and literals that a plus joins are one text. */
    private static final Pattern JAVA = Pattern.compile(
            "//[^\\n]*|/\\*(?s:.*?)\\*/|'(?:\\\\.|[^'\\\\\\n])+'|(\"\"\"(?s:.*?)\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\")");

    @Test
    void stringsOfTheRunner() throws IOException {
        Map<Pattern, String> words = words();
        List<String> hits = new ArrayList<>();
        for (Path file : files(HOME.resolve("runner"), ".java")) {
            if (!file.toString().contains("/src/main/")) {
                continue;
            }
            strings(Files.readString(file)).forEach((line, text) -> hits.addAll(hits(words, file, line, text)));
        }
        assertThat(hits).isEmpty();
    }

    @Test
    void templatesAndReadmes() throws IOException {
        Map<Pattern, String> words = words();
        List<Path> files = new ArrayList<>(files(HOME.resolve("templates"), ".ftlh"));
        PROSE.forEach(name -> files.add(HOME.resolve(name)));
        files.addAll(files(HOME.resolve("runner/docs/manual"), ".md"));
        List<String> hits = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String visible = lines.get(i).replaceAll("<#--.*?-->|<[^>]*>", " ");
                hits.addAll(hits(words, file, i + 1, visible));
            }
        }
        assertThat(hits).isEmpty();
    }

    @Test
    void aListedWordIsFoundAcrossJoinedStringsAndNotInComments() throws IOException {
        String source = "// so many\nclass A {\n    String a = \"there are so \"\n            + \"many rows\";\n}\n";
        assertThat(strings(source)).containsOnly(Map.entry(3, "there are so many rows"));
        assertThat(hits(words(), HOME.resolve("A.java"), 3, "there are so many rows"))
                .containsExactly("A.java:3: \"so many\" in \"there are so many rows\"; write: the number, `at most K`");
        assertThat(hits(words(), HOME.resolve("A.java"), 1, "there is no row, and g stands for grams"))
                .isEmpty();
    }

    private static Map<Pattern, String> words() throws IOException {
        Map<Pattern, String> out = new LinkedHashMap<>();
        Matcher row = ROW.matcher(Files.readString(RECORD));
        while (row.find()) {
            String word = ALTERNATIVES
                    .matcher(row.group(1))
                    .replaceAll(m -> "(?:" + m.group(1).replace(",", "|") + ")");
            out.put(Pattern.compile("(?<![\\w-])" + word + "(?![\\w-])", Pattern.CASE_INSENSITIVE), row.group(2));
        }
        assertThat(out).as("the table of " + RECORD).hasSizeGreaterThan(15);
        return out;
    }

    private static List<String> hits(Map<Pattern, String> words, Path file, int line, String text) {
        List<String> out = new ArrayList<>();
        words.forEach((word, instead) -> {
            Matcher found = word.matcher(text);
            while (found.find()) {
                out.add(HOME.relativize(file) + ":" + line + ": \"" + found.group() + "\" in \"" + text.strip()
                        + "\"; write: " + instead);
            }
        });
        return out;
    }

    /** The texts of a Java source by the line on which each begins. */
    private static Map<Integer, String> strings(String source) {
        Map<Integer, String> out = new LinkedHashMap<>();
        Matcher token = JAVA.matcher(source);
        int end = -1;
        int line = 0;
        while (token.find()) {
            String literal = token.group(1);
            if (literal == null) {
                continue;
            }
            String text = literal.startsWith("\"\"\"")
                    ? literal.substring(3, literal.length() - 3).replaceAll("\\s+", " ")
                    : literal.substring(1, literal.length() - 1);
            boolean joined =
                    end >= 0 && source.substring(end, token.start()).strip().equals("+");
            int here = (int) source.substring(0, token.start()).lines().count();
            line = joined ? line : Math.max(here, 1);
            out.merge(line, text, joined ? String::concat : (a, b) -> a + " | " + b);
            end = token.end();
        }
        return out;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(f -> f.toString().endsWith(ending)).sorted().toList();
        }
    }
}
