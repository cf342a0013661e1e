package dev.loupe.dataset.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What continues a prompt and its counterpart, in tokens. An answer is a token that can follow: the ids of the prompt alone
 * must be the first ids of prompt and answer together, else the model is asked after a text that the answer does not belong to.
 */
public final class Continuation {
    /** Of a long prompt so many tokens before the place that matters are shown. */
    private static final int SHOWN = 4;

    private final TextEncoder encoder;
    private final List<Prompt> prompts = new ArrayList<>();

    /** @param name how messages call it */
    private record Prompt(String name, String text, TextEncoder.Encoded encoded) {}

    public Continuation(TextEncoder encoder, String prompt) {
        this.encoder = encoder;
        add("the prompt", prompt);
    }

    /** The counterpart of a pair is asked for the same answers, so they must continue it too. */
    public Continuation(TextEncoder encoder, String prompt, String counterpart) {
        this(encoder, prompt);
        if (!counterpart.equals(prompt)) {
            add("the corrupted counterpart", counterpart);
        }
    }

    private void add(String name, String text) {
        prompts.add(new Prompt(name, text, encoder.encode(text)));
    }

    /** Whether a text is exactly one more token after another. */
    public static boolean isOne(TextEncoder encoder, String before, String word) {
        int[] ids = encoder.encode(before).ids();
        int[] whole = encoder.encode(before + word).ids();
        return common(ids, whole) == ids.length && whole.length == ids.length + 1;
    }

    /**
     * The id of a word.
     *
     * @param option the option of the dataset that holds it
     * @param place the word's own place, for messages
     * @throws DatasetException where it is not one token after each prompt, or not the same
     */
    public int id(String word, String option, String place) {
        int id = after(prompts.get(0), word, option, place);
        for (Prompt other : prompts) {
            int there = after(other, word, option, place);
            if (there != id) {
                throw new DatasetException(
                        option,
                        place + " \"" + word + "\" is the token " + encoder.display(id) + " after "
                                + prompts.get(0).name() + ", but " + encoder.display(there) + " after " + other.name()
                                + ": both must have the same answer token");
            }
        }
        return id;
    }

    /** The same with the words that it was written in. */
    public AnswerTokens.Written written(String word, String option, String place) {
        return new AnswerTokens.Written(place, word, id(word, option, place));
    }

    private int after(Prompt prompt, String word, String option, String place) {
        int[] before = prompt.encoded().ids();
        int[] whole = encoder.encode(prompt.text() + word).ids();
        int common = common(before, whole);
        String what = place + " \"" + word + "\" ";
        if (common < before.length) {
            throw new DatasetException(
                    option,
                    what + "changes the tokens of " + prompt.name() + ", so no token after it is this answer: on "
                            + "its own it ends " + shown(before, common) + ", with the answer " + shown(whole, common)
                            + ". "
                            + moved(prompt, word, common));
        }
        if (whole.length == before.length) {
            throw new DatasetException(option, what + "adds no token to " + prompt.name());
        }
        if (whole.length > before.length + 1) {
            int[] added = Arrays.copyOfRange(whole, before.length, whole.length);
            throw new DatasetException(
                    option,
                    what + "is " + added.length + " tokens after " + prompt.name() + " \"" + prompt.text() + "\": "
                            + tokens(added) + "; one is needed. " + first(prompt, word, added[0]));
        }
        return whole[before.length];
    }

    /** What to write instead where the border between prompt and answer lies inside a token. */
    private String moved(Prompt prompt, String word, int common) {
        int border = common == 0 ? 0 : prompt.encoded().spans().get(common - 1).end();
        int cut = prompt.text().offsetByCodePoints(0, border);
        String kept = prompt.text().substring(0, cut);
        String answer = prompt.text().substring(cut) + word;
        if (!kept.isEmpty() && isOne(encoder, kept, answer)) {
            return "End the prompt with \"" + tail(kept) + "\" and write \"" + answer + "\" for the answer";
        }
        return "Use an answer that is one token after \"" + tail(prompt.text())
                + "\", or end the prompt at a token boundary";
    }

    /** What to write instead where a word is several tokens: its first one, if that is one. */
    private String first(Prompt prompt, String word, int id) {
        TextEncoder.Encoded whole = encoder.encode(prompt.text() + word);
        String text = whole.spans().get(prompt.encoded().ids().length).of(prompt.text() + word);
        boolean alone =
                isOne(encoder, prompt.text(), text) && new Continuation(encoder, prompt.text()).first(text) == id;
        return alone ? "If its first token is meant, write \"" + text + "\"" : "Use an answer that is one token here";
    }

    private int first(String word) {
        int[] whole = encoder.encode(prompts.get(0).text() + word).ids();
        return whole[prompts.get(0).encoded().ids().length];
    }

    private static int common(int[] left, int[] right) {
        int at = Arrays.mismatch(left, right);
        return at < 0 ? left.length : at;
    }

    /** From a little before the place where two readings part. */
    private String shown(int[] ids, int common) {
        int from = Math.max(0, common - SHOWN);
        return (from > 0 ? "…|" : "") + tokens(Arrays.copyOfRange(ids, from, ids.length));
    }

    private String tokens(int[] ids) {
        return String.join("|", Arrays.stream(ids).mapToObj(encoder::display).toList());
    }

    /** The last words of a text. */
    private static String tail(String text) {
        int most = 24;
        int count = text.codePointCount(0, text.length());
        return count <= most ? text : "…" + text.substring(text.offsetByCodePoints(0, count - most));
    }
}
