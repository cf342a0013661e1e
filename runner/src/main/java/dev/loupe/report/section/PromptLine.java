package dev.loupe.report.section;

import dev.loupe.report.draw.VisibleLabel;
import dev.loupe.result.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A text above the numbers that were read from it. */
public record PromptLine(String label, List<Word> words) {
    /**
     * @param name what the position is called; empty where it has no name
     * @param hint its place
     */
    public record Word(String text, String name, String hint) {}

    static List<PromptLine> of(List<Prompt> prompts) {
        return prompts.stream().map(PromptLine::of).toList();
    }

    private static PromptLine of(Prompt prompt) {
        List<Word> words = new ArrayList<>();
        for (int i = 0; i < prompt.tokens().size(); i++) {
            int at = i;
            String name = String.join(
                    ", ",
                    prompt.names().entrySet().stream()
                            .filter(e -> e.getValue() == at)
                            .map(Map.Entry::getKey)
                            .toList());
            words.add(new Word(VisibleLabel.of(prompt.tokens().get(i)), VisibleLabel.of(name), "position " + i));
        }
        return new PromptLine(VisibleLabel.of(prompt.label()), words);
    }
}
