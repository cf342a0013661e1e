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
 */
public final class HubTokenizer implements TextEncoder, AutoCloseable {

    /** The library cuts at 512 tokens unless told otherwise. */
    private static final Map<String, String> OPTIONS =
            Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");

    private final HuggingFaceTokenizer tokenizer;
    private final TokenizerPieces pieces;
    private final @Nullable Integer ownBos;

    private HubTokenizer(HuggingFaceTokenizer tokenizer, TokenizerPieces pieces, JsonNode config) {
        this.tokenizer = tokenizer;
        this.pieces = pieces;
        this.ownBos = ownBos(tokenizer, pieces, config);
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
        try (InputStream in = Files.newInputStream(file)) {
            return new HubTokenizer(HuggingFaceTokenizer.newInstance(in, OPTIONS), pieces, config);
        } catch (IOException | RuntimeException e) {
            throw new UserInputException(file + ": is not a tokenizer: " + e.getMessage(), e);
        }
    }

    /** What its template puts first; else the configured token where the configuration says that one is added. */
    private static @Nullable Integer ownBos(HuggingFaceTokenizer tokenizer, TokenizerPieces pieces, JsonNode config) {
        long[] added = tokenizer.encode("", true, false).getIds();
        if (added.length > 0) {
            return (int) added[0];
        }
        JsonNode bos = config.path("bos_token");
        String content = bos.isObject() ? bos.path("content").asText() : bos.asText();
        return config.path("add_bos_token").asBoolean(false) ? pieces.addedId(content) : null;
    }

    @Override
    public Encoded encode(String text) {
        Encoding encoding = tokenizer.encode(text, false, false);
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
        return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), skipSpecials);
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

    @Override
    public void close() {
        tokenizer.close();
    }
}
