package dev.loupe.model.gguf;

import dev.loupe.failure.UserInputException;
import dev.loupe.model.tokenizer.ByteLevelBpe;
import dev.loupe.model.tokenizer.GgufSplit;
import dev.loupe.model.tokenizer.PieceBytes;
import dev.loupe.model.tokenizer.TextBounds;
import dev.loupe.model.tokenizer.TokenizerPieces;
import dev.loupe.model.tokenizer.VisibleBytes;
import dev.loupe.tensors.GgufFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tokenizer in a GGUF file's own metadata ({@code tokenizer.ggml.*}): byte-level BPE as a tokenizer.json. */
public final class GgufTokenizer {
    private static final String KEY = "tokenizer.ggml.";

    /** Kinds of token, as llama.cpp numbers them: control tokens are special, user-defined ones are found in text. */
    private static final long CONTROL = 3;

    private static final long USER_DEFINED = 4;

    private final Path file;
    private final Map<String, Object> metadata;
    private final String[] tokens;
    private final Set<Integer> added = new TreeSet<>();
    private final Set<Integer> specials = new TreeSet<>();

    /** @throws UserInputException where the lists contradict each other */
    public GgufTokenizer(GgufFile gguf) {
        this.file = gguf.file();
        this.metadata = gguf.metadata();
        this.tokens = texts("tokens").toArray(String[]::new);
        List<?> types = list("token_type");
        if (!types.isEmpty() && types.size() != tokens.length) {
            throw wrong("token_type has " + types.size() + " entries for " + tokens.length + " tokens");
        }
        for (int id = 0; id < types.size(); id++) {
            boolean control = types.get(id).equals(CONTROL);
            if (control || types.get(id).equals(USER_DEFINED)) {
                added.add(id);
            }
            if (control) {
                specials.add(id);
            }
        }
    }

    /** Whether a file has tokens in it. */
    public static boolean isIn(GgufFile gguf) {
        return gguf.metadata().get(KEY + "tokens") instanceof List<?> list && !list.isEmpty();
    }

    public TokenizerPieces pieces() {
        boolean bytes = "gpt2".equals(metadata.get(KEY + "model"));
        return new TokenizerPieces(tokens, added, specials, bytes ? PieceBytes.BYTE_LEVEL : PieceBytes.SENTENCE_PIECE);
    }

    /** The token that begins a text by the file, whether or not it is added. */
    @Nullable
    public Integer begin() {
        return id("bos_token_id");
    }

    /** Whether it is added; a file that does not say follows its kind of tokenizer. */
    public boolean addsBegin() {
        GgufSplit split = GgufSplit.named(metadata.get(KEY + "pre"));
        return metadata.get(KEY + "add_bos_token") instanceof Boolean said ? said : split != null && split.wholeWords();
    }

    public TextBounds bounds() {
        Set<Integer> ends = new TreeSet<>();
        for (String name : new String[] {"eos_token_id", "eot_token_id"}) {
            Integer id = id(name);
            if (id != null) {
                ends.add(id);
            }
        }
        return new TextBounds(begin(), Set.copyOf(ends));
    }

    private @Nullable Integer id(String name) {
        Object value = metadata.get(KEY + name);
        if (!(value instanceof Long id)) {
            return null;
        }
        if (id < 0 || id >= tokens.length) {
            throw wrong(name + " is " + id + ", and there are " + tokens.length + " tokens");
        }
        return id.intValue();
    }

    /**
     * As a tokenizer.json.
     *
     * @throws UserInputException naming a kind of tokenizer or a pre-tokenizer that is not known
     */
    public byte[] json() {
        Object model = metadata.get(KEY + "model");
        if (!"gpt2".equals(model)) {
            throw wrong("model '" + model + "' is not supported; known is gpt2 (byte-level BPE)."
                    + " Put the tokenizer.json of the model next to the file");
        }
        Object pre = metadata.get(KEY + "pre");
        GgufSplit split = GgufSplit.named(pre);
        if (split == null) {
            throw wrong(
                    (pre == null ? "pre is missing, so the pre-tokenizer is unknown" : "pre '" + pre + "' is not known")
                            + "; known are " + GgufSplit.known() + ". Put the tokenizer.json of the model next to "
                            + "the file");
        }
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        for (int id = 0; id < tokens.length; id++) {
            Integer before = vocabulary.putIfAbsent(tokens[id], id);
            if (before != null) {
                throw wrong("tokens " + before + " and " + id + " are both '"
                        + VisibleBytes.of(tokens[id].getBytes(StandardCharsets.UTF_8)) + "'");
            }
        }
        List<ByteLevelBpe.Added> own = added.stream()
                .map(id -> new ByteLevelBpe.Added(id, tokens[id], specials.contains(id)))
                .toList();
        return new ByteLevelBpe(split, own, vocabulary, texts("merges"))
                .json()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private List<?> list(String name) {
        return metadata.get(KEY + name) instanceof List<?> list ? list : List.of();
    }

    private List<String> texts(String name) {
        List<?> all = list(name);
        if (all.isEmpty() || !all.stream().allMatch(String.class::isInstance)) {
            throw wrong(name + " is not a list of texts");
        }
        return all.stream().map(String.class::cast).toList();
    }

    private UserInputException wrong(String what) {
        return new UserInputException(file + ": " + KEY + what);
    }
}
