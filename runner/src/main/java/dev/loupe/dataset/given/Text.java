package dev.loupe.dataset.given;

import dev.loupe.dataset.TokenDataset;
import dev.loupe.dataset.rows.Bos;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.failure.Reason;
import dev.loupe.schema.DataFile;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text in the model's tokens, one row for each document (each given text, or each piece between separators). Documents
 * without any character are left out; position {@code END} is the last token of each row.
 */
@Named("text")
@Doc("Text, inline or from a file, tokenized by the model's tokenizer; one row for each document.")
@Example("{generator: text, text: 'When John and Mary went to the store, Mary gave it to', bos: none}")
public record Text(
        @Doc("Inline texts, one row for each.") @OneOrMany @Nullable
        List<String> text,

        @Doc("A UTF-8 file in the folder of the spec or below it, instead of `text`.") @Nullable
        DataFile file,

        @Doc("A separator that splits the text into documents, such as `<|endoftext|>`. It is not part of a "
                + "document.")
        @Nullable
        String splitOn,

        @Doc("Whether to strip whitespace around each document.") @Default("true")
        boolean strip,

        @Doc("The BOS token before each row: `policy` (as the model's card or tokenizer specifies), `none`, or a "
                + "token id. This changes results.")
        @Default("policy")
        Bos bos,

        @Doc("Maximum number of characters (code points) to read from the file or from each text.") @Nullable
        Integer maxCharacters,

        @Doc("Maximum number of tokens per row, including the BOS token. Longer rows are truncated.") @Nullable
        Integer maxTokens,

        @Doc("Maximum number of rows, from the start.") @Nullable
        Integer rows)
        implements GivenDataset, TokenDataset {

    private static final long LARGEST = 1L << 30;

    public Text {
        text = text == null ? null : List.copyOf(text);
        if ((text == null) == (file == null)) {
            throw new IllegalArgumentException("give the text either inline (`text`) or as a file (`file`)");
        }
        if (splitOn != null && splitOn.isEmpty()) {
            throw new IllegalArgumentException("`split-on` is empty");
        }
        atLeastOne("max-characters", maxCharacters);
        atLeastOne("max-tokens", maxTokens);
        atLeastOne("rows", rows);
    }

    private static void atLeastOne(String option, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw new IllegalArgumentException("`" + option + "` must be at least 1, not " + value);
        }
    }

    @Override
    public TokenRows read(Sources sources) {
        TextEncoder encoder = sources.requireEncoder(file == null ? "text" : "file");
        Integer first = bos.of(sources);
        if (first != null) {
            sources.checkIds("bos", new int[] {first});
        }
        List<int[]> tokens = new ArrayList<>();
        for (String document : documents(sources)) {
            if (rows != null && tokens.size() >= rows) {
                break;
            }
            int[] row = RowOptions.withBos(first, encoder.encode(document).ids());
            sources.checkIds("row " + tokens.size(), row);
            tokens.add(maxTokens != null && row.length > maxTokens ? Arrays.copyOf(row, maxTokens) : row);
        }
        if (tokens.isEmpty()) {
            throw new DatasetException(file == null ? "text" : "file", "the text has no document with any character");
        }
        int[][] all = tokens.toArray(new int[0][]);
        return new TokenRows(all, new int[0][], Map.of(), Map.of("END", RowOptions.ends(all)), Map.of());
    }

    /** The documents in order, as their rows were made from them. */
    public List<String> documents(Sources sources) {
        List<String> documents = new ArrayList<>();
        for (String whole : text == null ? List.of(content(sources)) : text) {
            String cut = cut(whole);
            String[] parts = splitOn == null ? new String[] {cut} : cut.split(Pattern.quote(splitOn), -1);
            for (String part : parts) {
                String document = strip ? part.strip() : part;
                if (!document.isEmpty()) {
                    documents.add(document);
                }
            }
        }
        return documents;
    }

    private String cut(String whole) {
        if (maxCharacters == null || whole.codePointCount(0, whole.length()) <= maxCharacters) {
            return whole;
        }
        return whole.substring(0, whole.offsetByCodePoints(0, maxCharacters));
    }

    private String content(Sources sources) {
        if (file == null) {
            throw new IllegalStateException("neither `text` nor `file`");
        }
        Path path = sources.file("file", file);
        try {
            if (Files.size(path) > LARGEST) {
                throw new DatasetException("file", "`" + file + "` is larger than 1 GiB");
            }
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw new DatasetException("file", "`" + file + "` is not UTF-8 text");
        } catch (IOException e) {
            throw new DatasetException("file", "`" + file + "` cannot be read: " + Reason.of(e));
        }
    }
}
