package dev.loupe.result.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import dev.loupe.result.Artifact;
import dev.loupe.result.AttentionPatterns;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.TokenRankings;
import dev.loupe.result.TokenText;
import java.util.ArrayList;
import java.util.List;

/** A measurement in results.json: its kind first, then what every kind has. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = StoredQuantity.class, name = "quantity"),
    @JsonSubTypes.Type(value = StoredMeasurement.Attention.class, name = "attention"),
    @JsonSubTypes.Type(value = StoredMeasurement.Text.class, name = "text"),
    @JsonSubTypes.Type(value = StoredMeasurement.Rankings.class, name = "rankings")
})
sealed interface StoredMeasurement
        permits StoredQuantity, StoredMeasurement.Attention, StoredMeasurement.Text, StoredMeasurement.Rankings {
    /** @param tensors holds the numbers that results.json leaves out */
    Artifact artifact(StoredNumbers tensors);

    /** @param most so many numbers of a quantity are written here; more are left to the tensors */
    static StoredMeasurement of(Artifact artifact, int most) {
        if (artifact instanceof Quantity quantity) {
            return StoredQuantity.of(quantity, most);
        } else if (artifact instanceof AttentionPatterns a) {
            return new Attention(
                    a.name(),
                    a.title(),
                    a.doc(),
                    a.heads(),
                    a.examples().stream()
                            .map(e -> new Example(e.tokens(), e.pattern().axes()))
                            .toList(),
                    a.model());
        } else if (artifact instanceof TokenText t) {
            return new Text(t.name(), t.title(), t.doc(), t.quantity(), t.passages(), t.model());
        } else if (artifact instanceof TokenRankings r) {
            return new Rankings(r.name(), r.title(), r.doc(), r.unit(), r.columns(), r.rankings(), r.model());
        }
        throw new IllegalArgumentException(artifact.getClass() + " has no place in results.json");
    }

    /** Attention patterns, whose weights results.safetensors alone holds. */
    record Attention(
            String name,
            String title,
            String doc,
            List<String> heads,
            List<Example> examples,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            String model)
            implements StoredMeasurement {
        @Override
        public Artifact artifact(StoredNumbers tensors) {
            List<AttentionPatterns.Example> read = new ArrayList<>();
            for (Example example : examples) {
                double[] values = tensors.read(name + "/" + read.size(), NamedArray.sizeOf(example.axes()));
                read.add(new AttentionPatterns.Example(example.tokens(), new NamedArray(example.axes(), values)));
            }
            return new AttentionPatterns(name, title, doc, heads, List.copyOf(read), model);
        }
    }

    /** The tokens of one pattern, and its axes. */
    record Example(List<String> tokens, List<Axis> axes) {}

    /** Coloured text. */
    record Text(
            String name,
            String title,
            String doc,
            String quantity,
            List<TokenText.Passage> passages,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            String model)
            implements StoredMeasurement {
        @Override
        public Artifact artifact(StoredNumbers tensors) {
            return new TokenText(name, title, doc, quantity, passages, UnnamedModel.named(model, name, doc));
        }
    }

    /** Ranked tokens. */
    record Rankings(
            String name,
            String title,
            String doc,
            String unit,
            List<String> columns,
            List<TokenRankings.Ranking> rankings,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            String model)
            implements StoredMeasurement {
        @Override
        public Artifact artifact(StoredNumbers tensors) {
            return new TokenRankings(name, title, doc, unit, columns, rankings, UnnamedModel.named(model, name, doc));
        }
    }
}
