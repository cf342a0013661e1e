package dev.loupe.model.gguf;

import dev.loupe.failure.UserInputException;
import dev.loupe.model.tokenizer.ByteLevelBpe;
import dev.loupe.model.tokenizer.GgufSplit;
import dev.loupe.model.tokenizer.PieceBytes;
import dev.loupe.model.tokenizer.SentencePieceBpe;
import dev.loupe.model.tokenizer.TextBounds;
import dev.loupe.model.tokenizer.TokenizerPieces;
import dev.loupe.model.tokenizer.VisibleBytes;
import dev.loupe.tensors.GgufFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer in a GGUF file's own metadata ({@code tokenizer.ggml.*}) as a tokenizer.json: byte-level BPE ({@code gpt2}) and
 * SentencePiece's BPE ({@code llama}).
 */
public final class GgufTokenizer {
    private static final String KEY = "tokenizer.ggml.";

    /** Kinds of token, as llama.cpp numbers them: control tokens are special, user-defined ones are found in text. */
    private static final long NORMAL = 1;

    private static final long UNKNOWN = 2;

    private static final long CONTROL = 3;

    private static final long USER_DEFINED = 4;

    private static final long BYTE = 6;

    private static final String BYTE_LEVEL = "gpt2";
    private static final String SENTENCE_PIECE = "llama";

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
            // What stands for an unknown sign is special too; no text has it.
            boolean control = types.get(id).equals(CONTROL) || types.get(id).equals(UNKNOWN);
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
        boolean bytes = BYTE_LEVEL.equals(metadata.get(KEY + "model"));
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
        boolean usual = SENTENCE_PIECE.equals(metadata.get(KEY + "model")) || (split != null && split.wholeWords());
        return metadata.get(KEY + "add_bos_token") instanceof Boolean said ? said : usual;
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
        if (SENTENCE_PIECE.equals(model)) {
            return sentencePiece().json().toString().getBytes(StandardCharsets.UTF_8);
        }
        if (!BYTE_LEVEL.equals(model)) {
            throw wrong(
                    "model '" + model + "' is not supported; known are gpt2 (byte-level BPE) and llama (SentencePiece's"
                            + " BPE). Put the tokenizer.json of the model next to the file");
        }
        Object pre = metadata.get(KEY + "pre");
        GgufSplit split = GgufSplit.named(pre);
        if (split == null) {
            throw wrong(
                    (pre == null ? "pre is missing, so the pre-tokenizer is unknown" : "pre '" + pre + "' is not known")
                            + "; known are " + GgufSplit.known() + ". Put the tokenizer.json of the model next to "
                            + "the file");
        }
        Map<String, Integer> vocabulary = vocabulary();
        List<ByteLevelBpe.Added> own = added.stream()
                .map(id -> new ByteLevelBpe.Added(id, tokens[id], specials.contains(id)))
                .toList();
        return new ByteLevelBpe(split, own, vocabulary, texts("merges"))
                .json()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, Integer> vocabulary() {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        for (int id = 0; id < tokens.length; id++) {
            Integer before = vocabulary.putIfAbsent(tokens[id], id);
            if (before != null) {
                throw wrong("tokens " + before + " and " + id + " are both '"
                        + VisibleBytes.of(tokens[id].getBytes(StandardCharsets.UTF_8)) + "'");
            }
        }
        return vocabulary;
    }

    private SentencePieceBpe sentencePiece() {
        if (metadata.get(KEY + "precompiled_charsmap") instanceof List<?> rules && !rules.isEmpty()) {
            throw wrong("precompiled_charsmap, rules for other characters, is not supported."
                    + " Put the tokenizer.json of the model next to the file");
        }
        List<?> types = list("token_type");
        if (types.isEmpty()) {
            throw wrong("token_type is missing, which a tokenizer of the model 'llama' needs");
        }
        boolean prefixed = !Boolean.FALSE.equals(metadata.get(KEY + "add_space_prefix"));
        boolean[] joins = new boolean[tokens.length];
        boolean bytes = false;
        Integer unknown = id("unknown_token_id");
        List<SentencePieceBpe.Added> own = new ArrayList<>();
        for (int id = 0; id < tokens.length; id++) {
            Object type = types.get(id);
            boolean userDefined = type.equals(USER_DEFINED);
            joins[id] = type.equals(NORMAL) || userDefined;
            bytes |= type.equals(BYTE);
            unknown = unknown == null && type.equals(UNKNOWN) ? Integer.valueOf(id) : unknown;
            if (added.contains(id)) {
                // A token with a space in it is found where the spaces of the text are the token's own sign.
                boolean normalized = userDefined && !prefixed;
                own.add(new SentencePieceBpe.Added(id, tokens[id], !userDefined, normalized));
            }
        }
        return new SentencePieceBpe(
                tokens,
                numbers("scores"),
                joins,
                own,
                vocabulary(),
                unknown == null ? null : tokens[unknown],
                bytes,
                prefixed);
    }

    /** One number for each token. */
    private double[] numbers(String name) {
        List<?> all = list(name);
        if (all.size() != tokens.length || !all.stream().allMatch(Double.class::isInstance)) {
            throw wrong(name + " is not a list of " + tokens.length + " numbers, one for each token");
        }
        return all.stream().mapToDouble(n -> (Double) n).toArray();
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
