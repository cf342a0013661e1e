package dev.loupe.execute.generate;

import ai.djl.ndarray.NDManager;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.forward.Transformer;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.TextEdits;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Goes on with a text, token by token, with keys and values kept and edits applied at every position.
 *
 * @param encode a text's ids, begin of text included; edits read other texts by it
 * @param most tokens to add
 * @param ends ids that end a text
 */
public record Generation(
        Transformer model,
        TextEdits edits,
        Function<String, int[]> encode,
        Sampling sampling,
        int most,
        Set<Integer> ends) {
    /** Why it stopped. */
    public enum End {
        /** As many tokens as were asked for. */
        LENGTH,
        /** The model ended the text. */
        END_OF_TEXT,
        /** The model reads no more positions. */
        CONTEXT
    }

    /**
     * @param each told every new token as it comes, the one that ends the text included
     * @throws UserInputException where the text has no tokens or more than the model reads
     */
    public End run(String text, IntConsumer each, NDManager parent, StopSignal stop) {
        int[] prompt = encode.apply(text);
        int context = model.config().nCtx();
        if (prompt.length == 0) {
            throw new UserInputException("the text has no tokens; give a longer text, or a BOS token with --bos");
        }
        if (prompt.length > context) {
            throw new UserInputException("the text has " + prompt.length + " tokens, the model reads up to " + context);
        }
        try (NDManager manager = parent.newSubManager();
                Decoder decoder =
                        new Decoder(model, edits.cell(), new TextActivations(edits, model, encode, manager), manager)) {
            int[] next = prompt;
            for (int step = 0; step < most; step++) {
                stop.check();
                if (decoder.position() + next.length > context) {
                    return End.CONTEXT;
                }
                int id = sampling.choose(decoder.read(next), step);
                each.accept(id);
                if (ends.contains(id)) {
                    return End.END_OF_TEXT;
                }
                next = new int[] {id};
            }
            return End.LENGTH;
        }
    }
}
