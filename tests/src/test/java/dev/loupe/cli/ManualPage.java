package dev.loupe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A page of the manual as a test sees it: its code blocks, its links and the anchors of its headings. */
record ManualPage(Path file, String name, String text) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([^\\n]*)\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    /**
     * A code block.
     *
     * @param language the first word after the fence
     * @param words the others: {@code run}, {@code wrong}, or {@code file=NAME}
     * @param line where it begins
     */
    record Block(String language, List<String> words, String text, int line) {
        boolean is(String word) {
            return words.contains(word);
        }

        /** The file that it is, or what it is called here. */
        String file(String otherwise) {
            return words.stream()
                    .filter(word -> word.startsWith("file="))
                    .map(word -> word.substring("file=".length()))
                    .findFirst()
                    .orElse(otherwise);
        }

        boolean isSpec() {
            return language.equals("yaml") && text.startsWith("loupe: 1\n");
        }

        boolean isCard() {
            return language.equals("yaml") && text.startsWith("card: ");
        }
    }

    /** @param home the folder of the project, which the name of a page begins at */
    static ManualPage read(Path home, Path file) throws IOException {
        String name = home.relativize(file).toString();
        return new ManualPage(file, name, Files.readString(file).replace("\r\n", "\n"));
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Matcher found = BLOCK.matcher(text);
        while (found.find()) {
            List<String> words = List.of(found.group(1).strip().split(" +"));
            int line = (int) text.substring(0, found.start()).lines().count() + 1;
            blocks.add(new Block(words.get(0), words.subList(1, words.size()), found.group(2), line));
        }
        return blocks;
    }

    /** Those into this project. */
    List<String> links() {
        return LINK.matcher(BLOCK.matcher(text).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    Set<String> anchors() {
        return HEADING.matcher(BLOCK.matcher(text).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase()
                        .replaceAll("[^a-z0-9_ -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
