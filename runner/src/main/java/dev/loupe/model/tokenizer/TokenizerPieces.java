package dev.loupe.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.failure.Reason;
import dev.loupe.failure.UserInputException;
import dev.loupe.tensors.PythonJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code tokenizer.json} says about single tokens: their pieces, which are special, and how pieces stand for
 * bytes. The tokenizing itself is left to the tokenizers library.
 */
public final class TokenizerPieces {

    private static final long LARGEST = 256L << 20;
    private static final int MOST = 10_000_000;

    private final String[] pieces;
    private final Set<Integer> added = new HashSet<>();
    private final Set<Integer> specials = new HashSet<>();
    private final PieceBytes bytes;
    private final @Nullable Integer putFirst;

    /** @param file where {@code root} comes from, for error messages */
    public TokenizerPieces(Path file, JsonNode root) {
        JsonNode dropout = root.path("model").path("dropout");
        if (dropout.asDouble() != 0) {
            throw new UserInputException(file + ": 'model.dropout' is " + dropout
                    + ", so the same text would have other tokens each time; with null it is read without dropout");
        }
        JsonNode vocabulary = root.path("model").path("vocab");
        int highest = -1;
        for (Iterator<JsonNode> ids = vocabulary.isObject() ? vocabulary.elements() : none(); ids.hasNext(); ) {
            highest = Math.max(highest, id(file, ids.next()));
        }
        highest = Math.max(highest, vocabulary.isArray() ? vocabulary.size() - 1 : -1);
        for (JsonNode token : root.path("added_tokens")) {
            highest = Math.max(highest, id(file, token.path("id")));
        }
        if (highest < 0) {
            throw new UserInputException(file + ": has no `model.vocab`; is this a tokenizer.json?");
        }
        this.pieces = new String[highest + 1];
        if (vocabulary.isArray()) {
            for (int i = 0; i < vocabulary.size(); i++) {
                pieces[i] = vocabulary.get(i).path(0).asText();
            }
        } else {
            for (Map.Entry<String, JsonNode> entry : vocabulary.properties()) {
                pieces[entry.getValue().asInt()] = entry.getKey();
            }
        }
        for (JsonNode token : root.path("added_tokens")) {
            int id = token.path("id").asInt();
            pieces[id] = token.path("content").asText();
            added.add(id);
            if (token.path("special").asBoolean()) {
                specials.add(id);
            }
        }
        this.bytes = mentions(root.path("decoder"), "ByteLevel") || mentions(root.path("pre_tokenizer"), "ByteLevel")
                ? PieceBytes.BYTE_LEVEL
                : PieceBytes.SENTENCE_PIECE;
        this.putFirst = putFirst(file, root.path("post_processor"));
    }

    /** The pieces that another kind of file lists. */
    public TokenizerPieces(String[] pieces, Set<Integer> added, Set<Integer> specials, PieceBytes bytes) {
        this.pieces = pieces.clone();
        this.added.addAll(added);
        this.specials.addAll(specials);
        this.bytes = bytes;
        this.putFirst = null;
    }

    /** The first of the first {@code count} tokens that is another one in {@code other}, in words; else null. */
    @Nullable
    public String firstDifference(TokenizerPieces other, int count) {
        for (int id = 0; id < count; id++) {
            if (pieces[id] != null && !pieces[id].equals(other.pieces[id])) {
                return "token " + id + " is '" + VisibleBytes.of(bytes(id)) + "' against '"
                        + VisibleBytes.of(other.bytes(id)) + "'";
            }
        }
        return null;
    }

    /** The token that a post-processor puts before a single text; processors in a sequence are asked in their order. */
    private static @Nullable Integer putFirst(Path file, JsonNode processor) {
        for (JsonNode part : processor.path("processors")) {
            Integer first = putFirst(file, part);
            if (first != null) {
                return first;
            }
        }
        JsonNode cls = processor.path("cls");
        if (cls.isArray()) {
            return id(file, cls.path(1));
        }
        JsonNode token = processor.path("single").path(0).path("SpecialToken").path("id");
        return token.isTextual()
                ? (Integer) id(
                        file,
                        processor
                                .path("special_tokens")
                                .path(token.asText())
                                .path("ids")
                                .path(0))
                : null;
    }

    private static Iterator<JsonNode> none() {
        return Collections.emptyIterator();
    }

    /** Reads and checks a file. */
    static TokenizerPieces read(Path file) {
        return new TokenizerPieces(file, json(file));
    }

    /** A JSON file of bounded size. */
    public static JsonNode json(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new UserInputException(file + ": larger than 256 MiB, too large for a tokenizer");
            }
            return PythonJson.read(Files.readAllBytes(file));
        } catch (PythonJson.NotJson e) {
            throw new UserInputException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UserInputException(file + ": cannot be read: " + Reason.of(e), e);
        }
    }

    private static int id(Path file, JsonNode node) {
        if (!node.isInt() || node.asInt() < 0 || node.asInt() >= MOST) {
            throw new UserInputException(
                    file + ": the token id " + node + " is not a whole number of 0.." + (MOST - 1));
        }
        return node.asInt();
    }

    private static boolean mentions(JsonNode node, String type) {
        return node.findValuesAsText("type").contains(type);
    }

    /** The highest id and one. */
    public int size() {
        return pieces.length;
    }

    /** The id that the tokenizer puts before a text, or null. */
    @Nullable
    public Integer putFirst() {
        return putFirst;
    }

    public Set<Integer> specials() {
        return Set.copyOf(specials);
    }

    /** The id of an added token, or null. */
    @Nullable
    public Integer addedId(String content) {
        for (int id : added) {
            if (pieces[id].equals(content)) {
                return id;
            }
        }
        return null;
    }

    /** The bytes that a token stands for in text. */
    public byte[] bytes(int id) {
        String piece = id >= 0 && id < pieces.length ? pieces[id] : null;
        if (piece == null) {
            return ("<unused " + id + ">").getBytes(StandardCharsets.UTF_8);
        }
        return added.contains(id) ? piece.getBytes(StandardCharsets.UTF_8) : bytes.of(piece);
    }
}
