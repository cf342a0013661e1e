package dev.loupe.model.tokenizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SentencePiece's BPE: of all neighbouring pieces those are joined first whose whole has the highest score. As a
 * tokenizer.json it is the merges that follow from the scores, in the order that transformers gives them.
 *
 * @param pieces by id, {@code ▁} for a space
 * @param scores by id
 * @param joins by id, whether a piece may be a part or the whole of a merge: control tokens, bytes and unused ones may not
 * @param added tokens that are found in text before that
 * @param vocabulary ids by piece
 * @param unknown the piece that stands for what has no other; null where there is none
 * @param bytes whether a character without a piece becomes its bytes ({@code <0x0A>})
 * @param prefixed whether a space is put before a text
 */
public record SentencePieceBpe(
        String[] pieces,
        double[] scores,
        boolean[] joins,
        List<Added> added,
        Map<String, Integer> vocabulary,
        @Nullable String unknown,
        boolean bytes,
        boolean prefixed) {
    private static final String SPACE = "\u2581";

    /** @param normalized whether it is looked for after spaces have become {@code ▁} */
    public record Added(int id, String content, boolean special, boolean normalized) {}

    private record Merge(String left, String right, double score) {}

    /** The same as a tokenizer.json. */
    public ObjectNode json() {
        ObjectNode root = new ObjectNode(JsonNodeFactory.instance).put("version", "1.0");
        root.putNull("truncation").putNull("padding");
        ArrayNode own = root.putArray("added_tokens");
        for (Added one : added) {
            ObjectNode token = own.addObject().put("id", one.id()).put("content", one.content());
            for (String flag : new String[] {"single_word", "lstrip", "rstrip"}) {
                token.put(flag, false);
            }
            token.put("normalized", one.normalized()).put("special", one.special());
        }
        ArrayNode normalizers =
                root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
        if (prefixed) {
            normalizers.addObject().put("type", "Prepend").put("prepend", SPACE);
        }
        replacing(normalizers.addObject(), " ", SPACE);
        root.putNull("pre_tokenizer").putNull("post_processor");
        ArrayNode decoders = root.putObject("decoder").put("type", "Sequence").putArray("decoders");
        replacing(decoders.addObject(), SPACE, " ");
        decoders.addObject().put("type", "ByteFallback");
        decoders.addObject().put("type", "Fuse");
        if (prefixed) {
            decoders.addObject()
                    .put("type", "Strip")
                    .put("content", " ")
                    .put("start", 1)
                    .put("stop", 0);
        }
        root.set("model", model());
        return root;
    }

    private static void replacing(ObjectNode step, String from, String to) {
        step.put("type", "Replace").putObject("pattern").put("String", from);
        step.put("content", to);
    }

    private ObjectNode model() {
        ObjectNode model = new ObjectNode(JsonNodeFactory.instance).put("type", "BPE");
        for (String absent : new String[] {"dropout", "continuing_subword_prefix", "end_of_word_suffix"}) {
            model.putNull(absent);
        }
        model.put("unk_token", unknown).put("fuse_unk", true).put("byte_fallback", bytes);
        model.put("ignore_merges", false);
        ObjectNode words = model.putObject("vocab");
        vocabulary.forEach(words::put);
        ArrayNode merges = model.putArray("merges");
        for (Merge merge : merges()) {
            merges.addArray().add(merge.left()).add(merge.right());
        }
        return model;
    }

    /** Higher scores first, then longer left parts, then longer right parts. */
    private List<Merge> merges() {
        List<Merge> all = new ArrayList<>();
        for (int id = 0; id < pieces.length; id++) {
            if (joins[id]) {
                all.addAll(splits(pieces[id], scores[id]));
            }
        }
        all.sort(Comparator.comparingDouble((Merge m) -> -m.score())
                .thenComparingInt(m -> -length(m.left()))
                .thenComparingInt(m -> -length(m.right())));
        return all;
    }

    private List<Merge> splits(String piece, double score) {
        List<Merge> out = new ArrayList<>();
        for (int at = 1; at < piece.length(); at++) {
            if (Character.isLowSurrogate(piece.charAt(at))) {
                continue;
            }
            String left = piece.substring(0, at);
            String right = piece.substring(at);
            if (part(left) && part(right)) {
                out.add(new Merge(left, right, score));
            }
        }
        out.sort(Comparator.comparingInt((Merge m) -> vocabulary.getOrDefault(m.left(), 0))
                .thenComparingInt(m -> vocabulary.getOrDefault(m.right(), 0)));
        return out;
    }

    private boolean part(String piece) {
        Integer id = vocabulary.get(piece);
        return id != null && joins[id];
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
