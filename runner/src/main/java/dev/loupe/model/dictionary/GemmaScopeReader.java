package dev.loupe.model.dictionary;

import dev.loupe.hook.HookPoint;
import dev.loupe.model.weights.WeightsException;
import dev.loupe.tensors.TensorSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the sizes of a dictionary of Gemma Scope from its weights: {@code params.npz} with JumpReLU and nothing besides. Nothing is
 * subtracted from what it reads. Its transcoders read what the norm before the MLP makes without its gain, which was folded into
 * the MLP, and write what the layer's MLP adds to the residual stream (the repository's README and arXiv:2408.05147, page 18).
 */
final class GemmaScopeReader {
    private static final Pattern LAYER = Pattern.compile("layer_([0-9]{1,4})");

    private GemmaScopeReader() {}

    /** @throws WeightsException with every problem */
    static DictionaryConfig read(TensorSource weights, StatedHooks stated) {
        List<String> problems = new ArrayList<>();
        HookPoint reads = stated.reads();
        if (reads == null) {
            problems.add(DictionaryFormat.unsaid(
                    "Gemma Scope",
                    "blocks." + layer(weights) + ".hook_resid_post",
                    " (hook_resid_post for its residual stream, hook_mlp_out, attn.hook_z for attention; its transcoders read"
                            + " ln2.hook_normalized and need `writes` too, hook_mlp_out)"));
        }
        long[] encoder = matrix(weights, "W_enc", problems);
        long[] decoder = matrix(weights, "W_dec", problems);
        int in = size("W_enc", encoder[0], DictionaryJson.MOST_WIDTH, problems);
        int features = size("W_enc", encoder[1], DictionaryJson.MOST_FEATURES, problems);
        boolean transcodes = stated.transcodes();
        int out = transcodes ? size("W_dec", decoder[1], DictionaryJson.MOST_WIDTH, problems) : in;
        if (!problems.isEmpty() || reads == null) {
            throw new WeightsException(weights.file(), problems);
        }
        HookPoint writes = stated.writes();
        return new DictionaryConfig(
                transcodes ? DictionaryKind.JUMPRELU_TRANSCODER : DictionaryKind.JUMPRELU,
                in,
                out,
                features,
                0,
                false,
                false,
                ActivationScale.NONE,
                reads,
                writes == null ? reads : writes,
                "",
                List.of());
    }

    /** The layer that the folder's path names, 12 where it names none: for the example in an error. */
    private static String layer(TensorSource weights) {
        Matcher m = LAYER.matcher(weights.file().toString());
        String last = "12";
        while (m.find()) {
            last = m.group(1);
        }
        return last;
    }

    private static long[] matrix(TensorSource weights, String name, List<String> problems) {
        long[] shape = weights.has(name) ? weights.shape(name) : new long[0];
        if (shape.length != 2) {
            problems.add(weights.has(name) ? name + " has " + shape.length + " axes, not 2" : "has no " + name);
            return new long[] {1, 1};
        }
        return shape;
    }

    private static int size(String name, long size, int most, List<String> problems) {
        if (size < 1 || size > most) {
            problems.add(name + " has an axis of " + size + ", where 1 to " + most + " can be meant");
            return 1;
        }
        return (int) size;
    }
}
