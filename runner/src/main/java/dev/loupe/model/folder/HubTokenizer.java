package dev.loupe.model.folder;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.failure.Reason;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.gguf.GgufTokenizer;
import dev.loupe.model.tokenizer.FiniteTokenizer;
import dev.loupe.model.tokenizer.StrictJson;
import dev.loupe.model.tokenizer.TextBounds;
import dev.loupe.model.tokenizer.TokenizerPieces;
import dev.loupe.model.tokenizer.VisibleBytes;
import dev.loupe.tensors.GgufFile;
import dev.loupe.tensors.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer of a model: {@code tokenizer.json}, or {@code vocab.json} and {@code merges.txt}, and {@code
 * tokenizer_config.json} where there is one; or the one inside a GGUF file. Texts are never cut or padded, and nothing is added to them.
 *
 * <p>The tokenizers library is loaded by the first text. Single tokens, special tokens and the begin of text are read
 * from the files alone, also after {@link #close}. Not for several threads.
 */
public final class HubTokenizer implements TextEncoder, AutoCloseable {

    /** The library cuts at 512 tokens unless told otherwise. */
    private static final Map<String, String> OPTIONS =
            Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");

    /** Characters of a text that a message shows. */
    private static final int SHOWN = 60;

    /** Where the tokenizer's JSON comes from. */
    private interface Source {
        byte[] json() throws IOException;
    }

    private final Path file;
    private final Source source;
    private final TokenizerPieces pieces;
    private final @Nullable Integer ownBos;
    private final @Nullable Integer namedBos;
    private final Supplier<TextBounds> bounds;
    private @Nullable HuggingFaceTokenizer library;
    private int readable = Integer.MAX_VALUE;

    private HubTokenizer(Path file, Source source, TokenizerPieces pieces, JsonNode config) {
        this.file = file;
        this.source = source;
        this.pieces = pieces;
        this.ownBos = ownBos(pieces, config);
        this.namedBos = namedBos(pieces, config);
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        this.bounds = () -> TextBounds.read(folder, pieces);
    }

    private HubTokenizer(Path file, GgufTokenizer own) {
        this.file = file;
        this.source = own::json;
        this.pieces = own.pieces();
        this.ownBos = own.addsBegin() ? own.begin() : null;
        this.namedBos = own.begin();
        this.bounds = own::bounds;
    }

    /** Whether a model, a folder or a .gguf file, has a tokenizer: a tokenizer.json, or tokens in its GGUF file. */
    public static boolean isIn(Path model) {
        if (TokenizerFiles.in(folder(model))) {
            return true;
        }
        Path gguf = ModelFolder.gguf(model);
        return gguf != null && GgufTokenizer.isIn(GgufFile.open(gguf));
    }

    /** A file's tokenizer.json lies beside it. */
    private static Path folder(Path model) {
        Path parent = model.toAbsolutePath().getParent();
        return Files.isRegularFile(model) && parent != null ? parent : model;
    }

    /**
     * Opens a model's tokenizer: {@code tokenizer.json}, else the one in its GGUF file. Where both are there, they must
     * agree.
     *
     * @param model its folder, or a .gguf file
     * @throws UserInputException naming the file that is missing, not a tokenizer, or at odds with another
     */
    public static HubTokenizer open(Path model) {
        Path folder = folder(model);
        Path whole = folder.resolve(TokenizerFiles.WHOLE);
        boolean one = Files.isRegularFile(whole);
        Path file = one || !TokenizerFiles.in(folder) ? whole : folder.resolve(TokenizerFiles.VOCABULARY);
        Path gguf = ModelFolder.gguf(model);
        GgufFile inside = gguf == null ? null : GgufFile.open(gguf);
        GgufTokenizer own = inside != null && GgufTokenizer.isIn(inside) ? new GgufTokenizer(inside) : null;
        if (!TokenizerFiles.in(folder)) {
            if (own == null || gguf == null) {
                throw new UserInputException(file + ": the file does not exist"
                        + (gguf == null ? "" : ", and " + gguf + " has no tokens in it")
                        + ", so the model cannot read text");
            }
            return new HubTokenizer(gguf, own);
        }
        JsonNode stored = one ? TokenizerPieces.json(file) : null;
        JsonNode json = stored == null ? BpeFiles.json(folder) : FiniteTokenizer.of(file, stored);
        StrictJson.check(file, json);
        TokenizerPieces pieces = new TokenizerPieces(file, json);
        if (own != null && gguf != null) {
            agree(file, pieces, gguf, own.pieces());
        }
        Path configFile = folder.resolve("tokenizer_config.json");
        JsonNode config =
                Files.isRegularFile(configFile) ? TokenizerPieces.json(configFile) : MissingNode.getInstance();
        byte[] made = json == stored ? null : json.toString().getBytes(StandardCharsets.UTF_8);
        Source source = () -> made == null ? Files.readAllBytes(file) : made;
        return new HubTokenizer(file, source, pieces, config);
    }

    private static void agree(Path file, TokenizerPieces pieces, Path gguf, TokenizerPieces own) {
        // Converters fill up to the size of the embedding, and may leave out what has no embedding.
        String first = pieces.firstDifference(own, Math.min(pieces.size(), own.size()));
        if (first != null) {
            throw new UserInputException(file + " disagrees with " + gguf + " beside it: " + first);
        }
    }

    /**
     * From now on texts are for a model of this vocabulary. It may have more embeddings than the tokenizer has tokens, and
     * fewer: only a text that needs an absent one is refused.
     *
     * @param vocabulary token ids that the model reads
     */
    public void readFor(int vocabulary) {
        readable = vocabulary;
    }

    /**
     * @param where what the token stands in
     * @throws UserInputException where the model has no embedding for the token
     */
    public void check(int id, String where) {
        if (id >= readable) {
            throw new UserInputException(file + ": the token '" + display(id) + "' of " + where + " has the id " + id
                    + ", and the model's vocabulary has " + readable + " ids: the token has no embedding");
        }
    }

    /** A text in a message: its beginning, with invisible characters made visible. */
    private static String quoted(String text) {
        int end = text.offsetByCodePoints(0, Math.min(SHOWN, text.codePointCount(0, text.length())));
        String shown = VisibleBytes.of(text.substring(0, end).getBytes(StandardCharsets.UTF_8));
        return "'" + shown + (end < text.length() ? "..." : "") + "'";
    }

    /** What its template puts first; else the configured token where the configuration says that one is added. */
    private static @Nullable Integer ownBos(TokenizerPieces pieces, JsonNode config) {
        Integer first = pieces.putFirst();
        if (first != null) {
            return first;
        }
        return config.path("add_bos_token").asBoolean(false) ? namedBos(pieces, config) : null;
    }

    private static @Nullable Integer namedBos(TokenizerPieces pieces, JsonNode config) {
        JsonNode bos = config.path("bos_token");
        return pieces.addedId(bos.isObject() ? bos.path("content").asText() : bos.asText());
    }

    /** The token that its configuration names as begin of text, whether or not it adds it; null where it names none. */
    public @Nullable Integer namedBos() {
        return ownBos != null ? ownBos : namedBos;
    }

    private HuggingFaceTokenizer library() {
        HuggingFaceTokenizer open = library;
        if (open == null) {
            try (InputStream in = new ByteArrayInputStream(source.json())) {
                open = HuggingFaceTokenizer.newInstance(in, OPTIONS);
            } catch (UserInputException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                throw new UserInputException(file + ": " + TokenizerReason.of(e), e);
            }
            library = open;
        }
        return open;
    }

    @Override
    public Encoded encode(String text) {
        HuggingFaceTokenizer open = library();
        Encoding encoding =
                fitting(() -> open.encode(text, false, false), "the text " + quoted(text) + " cannot be read with it");
        long[] ids = encoding.getIds();
        for (long id : ids) {
            check(Math.toIntExact(id), "the text " + quoted(text));
        }
        List<Span> spans = new ArrayList<>(ids.length);
        for (CharSpan span : encoding.getCharTokenSpans()) {
            spans.add(span == null ? new Span(0, 0) : new Span(span.getStart(), span.getEnd()));
        }
        return new Encoded(
                Arrays.stream(ids).mapToInt(Math::toIntExact).toArray(), List.of(encoding.getTokens()), spans);
    }

    @Override
    public String decode(int[] ids, boolean skipSpecials) {
        HuggingFaceTokenizer open = library();
        long[] all = Arrays.stream(ids).asLongStream().toArray();
        return fitting(() -> open.decode(all, skipSpecials), "tokens cannot be written with it");
    }

    /** A part that is named and is not there, such as an unk_token outside the vocabulary, is found at the first text that needs it. */
    private <T> T fitting(Supplier<T> work, String problem) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw new UserInputException(file + ": " + problem + ", since its parts do not fit together", e);
        }
    }

    @Override
    public String display(int id) {
        return VisibleBytes.of(pieces.bytes(id));
    }

    @Override
    public int vocabulary() {
        return pieces.size();
    }

    @Override
    public Set<Integer> specials() {
        return pieces.specials();
    }

    @Override
    public @Nullable Integer ownBos() {
        return ownBos;
    }

    /** SHA-256 of what decides on its tokens, and on the one that it puts before a text. */
    public String hash() {
        try {
            return Sha256.of(new String(source.json(), StandardCharsets.UTF_8) + ownBos);
        } catch (IOException e) {
            throw new UserInputException(file + ": " + Reason.of(e), e);
        }
    }

    /** What the model's files say about where texts begin and end. */
    public TextBounds bounds() {
        return bounds.get();
    }

    /** Frees the library's memory; a later text takes it up again. */
    @Override
    public void close() {
        HuggingFaceTokenizer open = library;
        if (open != null) {
            open.close();
            library = null;
        }
    }
}
