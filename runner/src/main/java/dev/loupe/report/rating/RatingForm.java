package dev.loupe.report.rating;

import dev.loupe.report.draw.ColourScale;
import dev.loupe.report.draw.TokenGlyphs;
import dev.loupe.result.RunResult;
import dev.loupe.result.TokenText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Cards for people to judge: the top examples of one neuron each, of every measurement as many, and mixtures of examples of
 * different neurons, in random order and without anything that says which is which. Colours are those of each passage by itself,
 * without what lies below 0, so that the size and the sign of a model's activations do not give it away.
 *
 * @param id what the ratings of this form name
 */
public record RatingForm(String id, List<Card> cards, RatingKey key) {
    /** With fewer passages a card says too little. */
    private static final int LEAST = 3;

    public record Card(int number, List<Passage> passages) {}

    public record Passage(List<Token> tokens) {}

    public record Token(List<TokenGlyphs.Run> runs, String step, boolean breakAfter) {}

    /**
     * How a form is drawn.
     *
     * @param neurons cards of each measurement, at most
     * @param passages examples on a card, at most
     * @param mixtures cards of examples of different neurons
     */
    public record Size(int neurons, int passages, int mixtures, long seed) {
        public Size {
            if (neurons < 1 || passages < LEAST || mixtures < 1) {
                throw new IllegalArgumentException("a form needs at least 1 neuron of each measurement, " + LEAST
                        + " examples on a card and 1 mixture");
            }
        }
    }

    /** What is on a card before it has its number. */
    private record Drawn(RatingKey.Subject subject, List<TokenText.Passage> passages) {}

    /**
     * @param runs finished runs by the name of their folder
     * @throws IllegalArgumentException where they show too few neurons
     */
    public static RatingForm of(Map<String, RunResult> runs, Size size) {
        Map<String, Map<String, List<TokenText.Passage>>> arms = ShownNeurons.of(runs);
        Random random = new Random(size.seed());
        List<Drawn> drawn = new ArrayList<>();
        List<List<TokenText.Passage>> all = new ArrayList<>();
        arms.forEach((arm, neurons) -> {
            List<String> names = new ArrayList<>(neurons.keySet().stream()
                    .filter(name -> neurons.getOrDefault(name, List.of()).size() >= LEAST)
                    .toList());
            names.forEach(name -> all.add(neurons.getOrDefault(name, List.of())));
            Collections.shuffle(names, random);
            names.stream()
                    .limit(size.neurons())
                    .forEach(name -> drawn.add(new Drawn(
                            new RatingKey.Subject(arm, name), few(neurons.getOrDefault(name, List.of()), size))));
        });
        if (all.size() < size.passages()) {
            throw new IllegalArgumentException("the runs show the top examples of " + all.size()
                    + " neurons, and a mixture of " + size.passages() + " examples needs as many: measure "
                    + "`max-activating` of more neurons");
        }
        for (int i = 0; i < size.mixtures(); i++) {
            Collections.shuffle(all, random);
            drawn.add(new Drawn(
                    new RatingKey.Subject(RatingKey.MIXTURE, ""),
                    all.stream()
                            .limit(size.passages())
                            .map(passages -> passages.get(random.nextInt(passages.size())))
                            .toList()));
        }
        Collections.shuffle(drawn, random);
        return numbered(drawn);
    }

    private static List<TokenText.Passage> few(List<TokenText.Passage> passages, Size size) {
        return passages.subList(0, Math.min(passages.size(), size.passages()));
    }

    private static RatingForm numbered(List<Drawn> drawn) {
        List<Card> cards = new ArrayList<>();
        List<RatingKey.Subject> subjects = new ArrayList<>();
        StringBuilder content = new StringBuilder();
        for (Drawn one : drawn) {
            subjects.add(one.subject());
            Set<TokenText.Passage> passages = new LinkedHashSet<>(one.passages());
            passages.forEach(passage ->
                    passage.tokens().forEach(token -> content.append(token.id()).append(' ')));
            content.append(one.subject()).append('\n');
            cards.add(new Card(
                    cards.size() + 1, passages.stream().map(RatingForm::shown).toList()));
        }
        String id = UUID.nameUUIDFromBytes(content.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
        return new RatingForm(id, cards, new RatingKey(id, subjects));
    }

    private static Passage shown(TokenText.Passage passage) {
        double[] values = passage.tokens().stream()
                .mapToDouble(token -> Math.max(0, token.value()))
                .toArray();
        double largest = 0;
        for (double value : values) {
            largest = value > largest ? value : largest;
        }
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            TokenText.Token token = passage.tokens().get(i);
            double share = largest == 0 ? values[i] : values[i] / largest;
            tokens.add(new Token(
                    TokenGlyphs.of(token.text()),
                    new ColourScale(false, 0, 1).step(share),
                    token.text().contains("\n")));
        }
        return new Passage(tokens);
    }
}
