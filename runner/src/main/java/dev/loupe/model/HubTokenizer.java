package dev.loupe.model;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.dataset.TextEncoder;
import dev.loupe.failure.UserInputException;
import dev.loupe.tensors.GgufFile;
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

    /** Qwen2.5 pads by up to 399 tokens, GPT-NeoX by up to 411. */
    private static final int MOST_PADDING = 1024;

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
                throw new UserInputException(file + ": there is no such file"
                        + (gguf == null ? "" : ", and " + gguf + " has no tokens in it")
                        + ", so the model cannot read text");
            }
            return new HubTokenizer(gguf, own);
        }
        ObjectNode parts = one ? null : BpeFiles.json(folder);
        TokenizerPieces pieces = parts == null ? TokenizerPieces.read(file) : new TokenizerPieces(file, parts);
        if (own != null && gguf != null) {
            agree(file, pieces, gguf, own.pieces());
        }
        Path configFile = folder.resolve("tokenizer_config.json");
        JsonNode config =
                Files.isRegularFile(configFile) ? TokenizerPieces.json(configFile) : MissingNode.getInstance();
        Source source = parts == null
                ? () -> Files.readAllBytes(file)
                : () -> parts.toString().getBytes(StandardCharsets.UTF_8);
        return new HubTokenizer(file, source, pieces, config);
    }

    private static void agree(Path file, TokenizerPieces pieces, Path gguf, TokenizerPieces own) {
        // Converters fill up to the size of the embedding with tokens that no text has.
        int both = Math.min(pieces.size(), own.size());
        String first = pieces.firstDifference(own, both);
        if (pieces.size() > own.size() || first != null) {
            throw new UserInputException(file + " disagrees with " + gguf + " beside it: "
                    + (first != null ? first : pieces.size() + " tokens against " + own.size()));
        }
    }

    /**
     * Holds the tokenizer against a model's vocabulary. A model may have room for more tokens than its tokenizer knows:
     * embeddings are padded to round sizes.
     *
     * @param vocabulary token ids that the model reads
     * @throws UserInputException where a token would have no embedding, or so many embeddings no token that it must be
     *     another model's tokenizer
     */
    public void fits(int vocabulary) {
        int room = vocabulary - pieces.size();
        if (room < 0 || room > Math.max(MOST_PADDING, vocabulary / 20)) {
            throw new UserInputException(file + ": has " + pieces.size() + " tokens, and the model's vocabulary has "
                    + vocabulary + ": this is another model's tokenizer");
        }
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
                throw new UserInputException(file + ": is not a tokenizer: " + e.getMessage(), e);
            }
            library = open;
        }
        return open;
    }

    @Override
    public Encoded encode(String text) {
        Encoding encoding = library().encode(text, false, false);
        long[] ids = encoding.getIds();
        List<Span> spans = new ArrayList<>(ids.length);
        for (CharSpan span : encoding.getCharTokenSpans()) {
            spans.add(span == null ? new Span(0, 0) : new Span(span.getStart(), span.getEnd()));
        }
        return new Encoded(
                Arrays.stream(ids).mapToInt(Math::toIntExact).toArray(), List.of(encoding.getTokens()), spans);
    }

    @Override
    public String decode(int[] ids, boolean skipSpecials) {
        return library().decode(Arrays.stream(ids).asLongStream().toArray(), skipSpecials);
    }

    @Override
    public String display(int id) {
        return VisibleText.of(pieces.bytes(id));
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
