package dev.loupe.model.tokenizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * Byte-level BPE by its parts, as other files than a tokenizer.json have them.
 *
 * @param split how text is cut into words first
 * @param added tokens that are found in text before that
 * @param vocabulary ids by piece
 * @param merges in their order, the two pieces with a space between
 */
public record ByteLevelBpe(GgufSplit split, List<Added> added, Map<String, Integer> vocabulary, List<String> merges) {
    public record Added(int id, String content, boolean special) {}

    /** The same as a tokenizer.json. */
    public ObjectNode json() {
        ObjectNode root = new ObjectNode(JsonNodeFactory.instance).put("version", "1.0");
        root.putNull("truncation").putNull("padding");
        ArrayNode own = root.putArray("added_tokens");
        for (Added one : added) {
            ObjectNode token = own.addObject().put("id", one.id()).put("content", one.content());
            for (String flag : new String[] {"single_word", "lstrip", "rstrip", "normalized"}) {
                token.put(flag, false);
            }
            token.put("special", one.special());
        }
        split.write(root);
        root.putNull("post_processor");
        root.set("decoder", GgufSplit.byteLevel(true));
        root.set("model", merging());
        return root;
    }

    private ObjectNode merging() {
        ObjectNode model = new ObjectNode(JsonNodeFactory.instance).put("type", "BPE");
        for (String absent : new String[] {"dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix"}) {
            model.putNull(absent);
        }
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", split.wholeWords());
        ObjectNode words = model.putObject("vocab");
        vocabulary.forEach(words::put);
        merges.forEach(model.putArray("merges")::add);
        return model;
    }
}
