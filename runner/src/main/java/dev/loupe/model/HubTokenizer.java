package dev.loupe.model;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.loupe.dataset.TextEncoder;
import dev.loupe.failure.UserInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer of a model folder in hub layout: {@code tokenizer.json}, and {@code tokenizer_config.json} where there
 * is one. Texts are never cut or padded, and nothing is added to them.
 *
 * <p>The tokenizers library is loaded by the first text. Single tokens, special tokens and the begin of text are read
 * from the files alone, also after {@link #close}. Not for several threads.
 */
public final class HubTokenizer implements TextEncoder, AutoCloseable {

    /** The library cuts at 512 tokens unless told otherwise. */
    private static final Map<String, String> OPTIONS =
            Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");

    private final Path file;
    private final TokenizerPieces pieces;
    private final @Nullable Integer ownBos;
    private final @Nullable Integer namedBos;
    private @Nullable HuggingFaceTokenizer library;

    private HubTokenizer(Path file, TokenizerPieces pieces, JsonNode config) {
        this.file = file;
        this.pieces = pieces;
        this.ownBos = ownBos(pieces, config);
        this.namedBos = namedBos(pieces, config);
    }

    /** Whether a folder has a tokenizer. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve("tokenizer.json"));
    }

    /**
     * Opens the tokenizer of a model folder.
     *
     * @throws UserInputException naming the file that is missing or not a tokenizer
     */
    public static HubTokenizer open(Path folder) {
        Path file = folder.resolve("tokenizer.json");
        if (!isIn(folder)) {
            throw new UserInputException(file + ": there is no such file, so the model cannot read text");
        }
        TokenizerPieces pieces = TokenizerPieces.read(file);
        Path configFile = folder.resolve("tokenizer_config.json");
        JsonNode config =
                Files.isRegularFile(configFile) ? TokenizerPieces.json(configFile) : MissingNode.getInstance();
        return new HubTokenizer(file, pieces, config);
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
            try (InputStream in = Files.newInputStream(file)) {
                open = HuggingFaceTokenizer.newInstance(in, OPTIONS);
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

    /** What the model's folder says about where texts begin and end. */
    public TextBounds bounds() {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? new TextBounds(null, Set.of()) : TextBounds.read(folder, pieces);
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
