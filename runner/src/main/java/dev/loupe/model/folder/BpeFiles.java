package dev.loupe.model.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.failure.Reason;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.tokenizer.ByteLevelBpe;
import dev.loupe.model.tokenizer.GgufSplit;
import dev.loupe.model.tokenizer.TokenizerPieces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * GPT-2's tokenizer in the files that it was first published in ({@code vocab.json}, {@code merges.txt}), as OPT has it:
 * its special tokens are those that {@code tokenizer_config.json} or {@code special_tokens_map.json} names.
 */
public final class BpeFiles {
    private static final List<String> CLASSES = List.of("GPT2Tokenizer", "GPT2TokenizerFast");
    private static final String[] ROLES = {"bos_token", "eos_token", "unk_token", "pad_token"};

    private BpeFiles() {}

    /**
     * As a tokenizer.json.
     *
     * @throws UserInputException where the files are of another tokenizer, or contradict each other
     */
    public static ObjectNode json(Path folder) {
        Path file = folder.resolve(TokenizerFiles.VOCABULARY);
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        TokenizerPieces.json(file)
                .properties()
                .forEach(e -> vocabulary.put(e.getKey(), e.getValue().asInt(-1)));
        Map<Integer, ByteLevelBpe.Added> added = new TreeMap<>();
        for (String name : new String[] {TokenizerFiles.CONFIG, TokenizerFiles.SPECIALS}) {
            Path from = folder.resolve(name);
            JsonNode json = Files.isRegularFile(from) ? TokenizerPieces.json(from) : null;
            if (json != null) {
                checkKind(from, json);
                specials(from, json, vocabulary, added);
            }
        }
        return new ByteLevelBpe(GgufSplit.GPT2, List.copyOf(added.values()), vocabulary, merges(folder)).json();
    }

    private static void checkKind(Path file, JsonNode json) {
        String kind = json.path("tokenizer_class").asText(CLASSES.get(0));
        if (!CLASSES.contains(kind) || json.path("add_prefix_space").asBoolean(false)) {
            throw new UserInputException(file + ": "
                    + (CLASSES.contains(kind) ? "add_prefix_space" : "tokenizer_class '" + kind + "'")
                    + " is not supported without a tokenizer.json");
        }
    }

    private static void specials(
            Path file, JsonNode json, Map<String, Integer> vocabulary, Map<Integer, ByteLevelBpe.Added> added) {
        for (String role : ROLES) {
            JsonNode token = json.path(role);
            String content = token.isObject() ? token.path("content").asText() : token.asText("");
            Integer id = vocabulary.get(content);
            if (id != null) {
                added.put(id, new ByteLevelBpe.Added(id, content, true));
            } else if (!content.isEmpty() && !content.equals("null")) {
                throw new UserInputException(
                        file + ": " + role + " '" + content + "' is not in " + TokenizerFiles.VOCABULARY);
            }
        }
    }

    private static List<String> merges(Path folder) {
        Path file = folder.resolve(TokenizerFiles.MERGES);
        try {
            // Only \n ends a line: other separators may be pieces.
            return Arrays.stream(Files.readString(file, StandardCharsets.UTF_8).split("\n"))
                    .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#version"))
                    .toList();
        } catch (IOException e) {
            throw new UserInputException(file + ": cannot be read: " + Reason.of(e), e);
        }
    }
}
