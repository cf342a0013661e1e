package dev.loupe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The records of decisions have one form, and their index lists each of them as it is. */
class DecisionsTest {
    private static final Path FOLDER = Path.of(System.getProperty("loupe.home", ".."), "runner", "docs", "decisions");
    private static final Pattern FILE = Pattern.compile("(\\d{4})-[a-z0-9-]+\\.md");
    private static final Pattern START =
            Pattern.compile("\\A# (?<title>[1-9]\\d*\\. [^\\n]+)\\n\\nStatus: (?<status>[^\\n]+)\\n\\n## ");
    private static final Pattern STATUS = Pattern.compile("accepted|superseded by \\d{4}");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern ENTRY = Pattern.compile(
            "(?m)^\\| \\[(?<title>[^\\]]+)\\]\\((?<file>[^)]+)\\) \\| (?<status>[^|]+) \\| (?<sentence>[^|]+) \\|$");

    /** Every heading that a record may have, in the order in which they stand. */
    private static final List<String> HEADINGS = List.of("Question", "Decision", "Why", "Not chosen", "Price");

    private record Listed(String file, String title, String status) {}

    @Test
    void everyRecordHasOneForm() throws IOException {
        for (Path file : records()) {
            String name = file.getFileName().toString();
            String text = text(file);
            Matcher start = START.matcher(text);
            assertThat(start.lookingAt())
                    .as("%s starts with '# N. Title', 'Status: ...' and a heading, a blank line between each", name)
                    .isTrue();
            assertThat(start.group("title")).as(name).startsWith(Integer.parseInt(name.substring(0, 4)) + ". ");
            assertThat(start.group("status")).as("status of %s", name).matches(STATUS);

            List<String> headings = HEADING.matcher(text)
                    .results()
                    .skip(1)
                    .map(found -> found.group(1))
                    .toList();
            assertThat(headings).as("headings of %s", name).contains("Decision", "Why");
            List<String> inOrder = new ArrayList<>(HEADINGS);
            inOrder.retainAll(headings);
            assertThat(headings)
                    .as("headings of %s: of %s, each once and in this order", name, HEADINGS)
                    .isEqualTo(inOrder);
        }
    }

    @Test
    void theIndexListsEveryRecordByItsTitleAndStatus() throws IOException {
        List<Listed> there = new ArrayList<>();
        for (Path file : records()) {
            Matcher start = START.matcher(text(file));
            assertThat(start.lookingAt()).as(file.toString()).isTrue();
            there.add(new Listed(file.getFileName().toString(), start.group("title"), start.group("status")));
        }
        List<MatchResult> entries =
                ENTRY.matcher(text(FOLDER.resolve("README.md"))).results().toList();

        assertThat(entries)
                .extracting(entry -> new Listed(entry.group(2), entry.group(1), entry.group(3)))
                .isEqualTo(there);
        assertThat(entries)
                .extracting(entry -> entry.group(4))
                .as("one sentence each")
                .allMatch(sentence -> sentence.matches("[A-Z`][^.!?]*\\."));
    }

    /** Two records with one number could not be told apart where others name them. */
    @Test
    void everyNumberIsGivenOnce() throws IOException {
        assertThat(records())
                .extracting(file -> file.getFileName().toString().substring(0, 4))
                .doesNotHaveDuplicates();
    }

    private static List<Path> records() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> records =
                    files.filter(file -> !file.endsWith("README.md")).sorted().toList();
            assertThat(records)
                    .isNotEmpty()
                    .allSatisfy(file ->
                            assertThat(file.getFileName().toString()).as("name").matches(FILE));
            return records;
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).replace("\r\n", "\n");
    }
}
