package dev.loupe.dataset.given;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.TokenDataset;
import dev.loupe.dataset.label.ColumnLabels;
import dev.loupe.dataset.label.Labeller;
import dev.loupe.dataset.rows.Bos;
import dev.loupe.dataset.rows.Corpus;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.schema.DataFile;
import dev.loupe.schema.DataFiles;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Text in the model's tokens, one row for each document (each given text, or each piece between separators), or several where
 * documents are cut into windows. Documents without any character are left out; position {@code END} is the last token of each
 * row, class {@code first} the first one where rows are windows.
 */
@Named("text")
@Doc(
        "Text, inline or from files, tokenized by the model's tokenizer; one row for each document, or for each window of one. "
                + "A file whose name ends with .jsonl has one document on each line, one that ends with .parquet one in each row, "
                + "and one that ends with .conllu has gold columns.")
@Example("{generator: text, text: 'When John and Mary went to the store, Mary gave it to', bos: none}")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last token.")
@Mark(is = Mark.Kind.CLASS, name = "first", doc = "With `window`: the first token of each row.")
@Mark(is = Mark.Kind.LABEL, name = "*LABEL*", doc = "Those that `labels` asks for.")
@Mark(is = Mark.Kind.LABEL, name = "register", doc = "With files by register: the register of the document.")
public record Text(
        @Doc("Inline texts, one row for each.") @OneOrMany @Nullable
        List<String> text,

        @Doc("A UTF-8 file in the folder of the spec or below it, instead of `text`.") @Nullable
        DataFile file,

        @Doc("Patterns of files, such as `corpus/**/*.txt`, instead of `file`; in the order of their names.")
        @OneOrMany
        @Nullable
        List<DataFiles> files,

        @Doc(
                "Patterns of files by register, instead of `files`, such as `{de: 'de/*.txt', fr: 'fr/*.txt'}`. The register of "
                        + "its document is the category `register` of every token.")
        @Nullable
        Map<String, DataFiles> register,

        @Doc(
                "A corpus that a card describes, such as `pile-10k`, instead of files. `loupe list` shows them; `loupe pull` "
                        + "fetches one from the hub.")
        @Nullable
        String corpus,

        @Doc(
                "The key of the text in a file of JSON lines, or the column of a Parquet file; of a nested field "
                        + "the names on the way to it, such as `meta.text`. Default: what the card of the corpus says, else `text`.")
        @Nullable
        String column,

        @Doc(
                "The column of a text's words, a list, such as `tokens` in token-classification sets of the hub, for labels of words. "
                        + "Without `column` the text is the words joined by spaces; with it they must follow each other in the text.")
        @Nullable
        String words,

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

        @Doc("Maximum number of characters (code points) to read from each file or from each text.") @Nullable
        Integer maxCharacters,

        @Doc("Maximum number of tokens per row, including the BOS token. Longer rows are truncated.") @Nullable
        Integer maxTokens,

        @Doc("Cut documents into rows of this many tokens, the BOS token not counted, so that rows have equal lengths.")
        @Nullable
        Integer window,

        @Doc("Tokens between the beginnings of two windows. Default: `window`.") @Nullable
        Integer stride,

        @Doc("What is left of a document after its windows is a row of this many tokens, or dropped if it has fewer. "
                + "Default: half of `window`.")
        @Nullable
        Integer tail,

        @Doc(
                "Words in other pieces than the tokenizer's own, such as `[[\" Cl\", aire]]` for \" Claire\": each piece is encoded "
                        + "by itself, wherever the word occurs.")
        @Default("[]")
        List<List<String>> encodeAs,

        @Doc("Only a part of the documents.") @Nullable DocumentSplit split,

        @Doc("Labels of the tokens.") @OneOrMany @Default("[]")
        List<Labeller> labels,

        @Doc("Maximum number of rows, from the start.") @Nullable
        Integer rows,

        @Doc(
                "Take the `rows` from as many documents as there are: the first window of each, then the second of each, and so "
                        + "on, instead of all windows of the first documents.")
        @Default("false")
        boolean spread,

        @Doc(
                "Each window counts as a document, for a text that is one document or a few: otherwise all of its windows would be "
                        + "on one side of a split, and give one example of a neuron.")
        @Default("false")
        boolean windowsApart,

        @Doc(
                "Each sentence of a CoNLL-U file is a document, for treebanks of single sentences, in which no comment `newdoc` says "
                        + "where a document begins.")
        @Default("false")
        boolean sentencesApart)
        implements GivenDataset, TokenDataset {

    public Text {
        text = text == null ? null : List.copyOf(text);
        register = register == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(register));
        labels = List.copyOf(labels);
        encodeAs = encodeAs.stream().map(List::copyOf).toList();
        if (encodeAs.stream().anyMatch(word -> word.isEmpty() || word.contains(""))) {
            throw new IllegalArgumentException("`encode-as` has a word without pieces, or an empty piece");
        }
        if (encodeAs.stream().map(word -> String.join("", word)).distinct().count() < encodeAs.size()) {
            throw new IllegalArgumentException("`encode-as` has one word twice");
        }
        long given = Stream.of(text == null, file == null, files == null, register == null, corpus == null)
                .filter(absent -> !absent)
                .count();
        if (given != 1) {
            throw new IllegalArgumentException(
                    "give the text either inline (`text`) or as a file (`file`), or several files "
                            + "(`files`), or files by register (`register`), or a corpus by its name (`corpus`)");
        }
        if (text != null
                && (column != null || words != null || !columnLabels(labels).isEmpty())) {
            throw new IllegalArgumentException(
                    "columns are of files, and this text is inline: leave out `column`, `words` and "
                            + "labels by `column`");
        }
        for (ColumnLabels label : columnLabels(labels)) {
            if (label.per() == ColumnLabels.Per.WORD && words == null) {
                throw new IllegalArgumentException("`" + label.column()
                        + "` has a label for each word: `words` of the dataset must name the column of the words");
            }
        }
        if (splitOn != null && splitOn.isEmpty()) {
            throw new IllegalArgumentException("`split-on` is empty");
        }
        atLeastOne("max-characters", maxCharacters);
        atLeastOne("max-tokens", maxTokens);
        atLeastOne("window", window);
        atLeastOne("stride", stride);
        atLeastOne("tail", tail);
        atLeastOne("rows", rows);
        if (window == null && (stride != null || tail != null)) {
            throw new IllegalArgumentException("`stride` and `tail` belong to a `window`, which is missing");
        }
        if (window == null && windowsApart) {
            throw new IllegalArgumentException("`windows-apart` belongs to a `window`, which is missing");
        }
        if (text != null && sentencesApart) {
            throw new IllegalArgumentException(
                    "`sentences-apart` is about files whose names end with .conllu, and this text is inline");
        }
        if (spread && (window == null || rows == null)) {
            throw new IllegalArgumentException("`spread` says which windows are rows: it needs `window` and `rows`");
        }
        if (window != null && maxTokens != null) {
            throw new IllegalArgumentException("`window` cuts rows to its own length: leave out `max-tokens`");
        }
        if (window != null && tail != null && tail > window) {
            throw new IllegalArgumentException("`tail` must be at most `window`, which is " + window);
        }
    }

    private static List<ColumnLabels> columnLabels(List<Labeller> labels) {
        return labels.stream()
                .filter(ColumnLabels.class::isInstance)
                .map(ColumnLabels.class::cast)
                .toList();
    }

    private static void atLeastOne(String option, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw new IllegalArgumentException("`" + option + "` must be at least 1, not " + value);
        }
    }

    @Override
    public TokenRows read(Sources sources) {
        TextEncoder own = sources.requireEncoder(option());
        if (encodeAs.isEmpty()) {
            return read(sources, own);
        }
        ForcedPieces forced = new ForcedPieces(own, encodeAs);
        TokenRows rows = read(sources, forced);
        forced.requireMet();
        return rows;
    }

    private TokenRows read(Sources sources, TextEncoder encoder) {
        LabelledRows out = new LabelledRows(this, sources, encoder);
        int without = each(sources, document -> {
            out.add(document);
            return !out.full();
        });
        return out.rows(without);
    }

    /** The same text, another part of its documents. */
    Text of(DocumentSplit other) {
        return new Text(
                text,
                file,
                files,
                register,
                corpus,
                column,
                words,
                splitOn,
                strip,
                bos,
                maxCharacters,
                maxTokens,
                window,
                stride,
                tail,
                encodeAs,
                other,
                labels,
                rows,
                spread,
                windowsApart,
                sentencesApart);
    }

    /** The option that holds the text. */
    String option() {
        return text != null
                ? "text"
                : file != null ? "file" : files != null ? "files" : register != null ? "register" : "corpus";
    }

    /** The documents in order, as their rows were made from them. */
    public List<String> documents(Sources sources) {
        List<String> texts = new ArrayList<>();
        int unused = each(sources, document -> texts.add(document.text()));
        return texts;
    }

    /**
     * Reads one document after another.
     *
     * @param take returns whether it wants another
     * @return how many rows of files had no text
     */
    private int each(Sources sources, Predicate<Document> take) {
        Predicate<Document> parts = whole -> parts(whole, take);
        if (text != null) {
            boolean unused =
                    text.stream().map(each -> new Document(each, -1, List.of())).allMatch(parts);
            return 0;
        }
        Corpus named = corpus == null ? null : sources.corpora().of(corpus);
        TextFiles reader = new TextFiles(option(), columns(named), sentencesApart);
        if (named != null) {
            boolean unused = named.files().entrySet().stream()
                    .allMatch(part -> reader.read(part.getKey(), part.getValue(), -1, parts));
        } else if (file != null) {
            boolean unused = reader.read(file.name(), sources.file("file", file), -1, parts);
        } else {
            int index = 0;
            for (DataFiles pattern :
                    files != null ? files : Objects.requireNonNull(register).values()) {
                int own = files != null ? -1 : index++;
                if (!sources.files(option(), pattern).stream()
                        .allMatch(each -> reader.read(each.name(), sources.file(option(), each), own, parts))) {
                    break;
                }
            }
        }
        reader.requireFaultless();
        return reader.without();
    }

    private RowColumns columns(@Nullable Corpus named) {
        String own = column != null ? column : words != null ? null : named != null ? named.column() : "text";
        return new RowColumns(own, words, columnLabels(labels));
    }

    private boolean parts(Document whole, Predicate<Document> take) {
        String cut = cut(whole.text());
        String[] parts = splitOn == null ? new String[] {cut} : cut.split(Pattern.quote(splitOn), -1);
        int from = 0;
        for (String part : parts) {
            int stripped = strip ? part.length() - part.stripLeading().length() : 0;
            String document = strip ? part.strip() : part;
            if (!document.isEmpty() && (split == null || split.admits(document))) {
                if (!take.test(whole.part(from + stripped, document))) {
                    return false;
                }
            }
            from += part.length() + (splitOn == null ? 0 : splitOn.length());
        }
        return true;
    }

    private String cut(String whole) {
        if (maxCharacters == null || whole.codePointCount(0, whole.length()) <= maxCharacters) {
            return whole;
        }
        return whole.substring(0, whole.offsetByCodePoints(0, maxCharacters));
    }

    /** How documents are cut; null where each is one row. */
    @Nullable
    Windows windows() {
        if (window == null) {
            return null;
        }
        return new Windows(window, stride == null ? window : stride, tail == null ? (window + 1) / 2 : tail);
    }
}
