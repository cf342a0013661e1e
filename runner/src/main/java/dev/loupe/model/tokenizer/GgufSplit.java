package dev.loupe.model.tokenizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How text is cut into words before byte-level BPE, by the name that a GGUF file gives it ({@code tokenizer.ggml.pre}).
 * Names as llama.cpp reads them (src/llama-vocab.cpp, {@code tokenizer_pre}); the cuts as those models' own
 * tokenizer.json makes them.
 */
public enum GgufSplit {
    /** Contractions, letters, digits, other signs, each with a space before it. */
    GPT2(List.of("gpt-2", "phi-2"), false, null, false),
    /** The same with text put into Unicode's composed form first, as the GPT-NeoX-20B tokenizer does. */
    NEOX(List.of("olmo", "mpt"), true, null, false),
    /** Every digit is a word of its own. */
    SMOLLM(List.of("smollm", "starcoder"), false, null, false),
    LLAMA3(List.of("llama-bpe", "llama3", "llama-v3"), false, "\\p{N}{1,3}", true),
    QWEN2(List.of("qwen2", "deepseek-r1-qwen"), true, "\\p{N}", false);

    private final List<String> names;
    private final boolean composed;
    private final @Nullable String digits;
    private final boolean wholeWords;

    /**
     * @param composed whether text is put into Unicode's form NFC first
     * @param digits the digits of a word, null where the words are GPT-2's
     * @param wholeWords a word that is in the vocabulary is taken without merging; such files also begin every text with
     *     a token unless they say otherwise
     */
    GgufSplit(List<String> names, boolean composed, @Nullable String digits, boolean wholeWords) {
        this.names = names;
        this.composed = composed;
        this.digits = digits;
        this.wholeWords = wholeWords;
    }

    public static @Nullable GgufSplit named(@Nullable Object name) {
        return Arrays.stream(values())
                .filter(split -> split.names.contains(String.valueOf(name)))
                .findFirst()
                .orElse(null);
    }

    public static String known() {
        TreeSet<String> all = new TreeSet<>();
        Arrays.stream(values()).forEach(split -> all.addAll(split.names));
        return String.join(", ", all);
    }

    public boolean wholeWords() {
        return wholeWords;
    }

    /** Its part of a tokenizer.json: {@code normalizer} and {@code pre_tokenizer}. */
    void write(ObjectNode tokenizer) {
        if (composed) {
            tokenizer.putObject("normalizer").put("type", "NFC");
        } else {
            tokenizer.putNull("normalizer");
        }
        ObjectNode sequence = tokenizer.putObject("pre_tokenizer").put("type", "Sequence");
        ArrayNode parts = sequence.putArray("pretokenizers");
        if (this == SMOLLM) {
            parts.addObject().put("type", "Digits").put("individual_digits", true);
        }
        if (digits != null) {
            ObjectNode split = parts.addObject().put("type", "Split");
            split.putObject("pattern").put("Regex", words(digits));
            split.put("behavior", "Isolated").put("invert", false);
        }
        parts.add(byteLevel(digits == null));
    }

    private static String words(String digits) {
        return "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|" + digits
                + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    }

    /** @param words whether it cuts into GPT-2's words too */
    static ObjectNode byteLevel(boolean words) {
        return new ObjectNode(JsonNodeFactory.instance)
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", words);
    }
}
