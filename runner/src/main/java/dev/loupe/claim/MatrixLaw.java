package dev.loupe.claim;

import dev.loupe.result.NamedArray;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Laws that a token x token table obeys to some share. */
public final class MatrixLaw {
    private MatrixLaw() {}

    /** How many rows peak on the diagonal. */
    @Named("diagonal-share")
    @Doc("Share of rows of a square table whose largest number is on the diagonal.")
    @Example("{diagonal-share: ov}")
    public record Diagonal(
            @Key("diagonal-share") @Doc("A measurement with two axes remaining.") @NameOf("measure")
            String table,

            @Default("{}") @Doc("Labels by axis.") Map<String, String> where)
            implements Expression {
        @Override
        public double value(Findings findings, int b) {
            NamedArray square = square(findings, table, where, b);
            int n = square.axes().get(0).size();
            int width = square.axes().get(1).size();
            int hits = 0;
            for (int i = 0; i < n; i++) {
                int best = 0;
                for (int j = 1; j < width; j++) {
                    best = square.data()[i * width + j] > square.data()[i * width + best] ? j : best;
                }
                hits += best == i ? 1 : 0;
            }
            return (double) hits / n;
        }

        @Override
        public Set<String> axes() {
            return where.keySet();
        }

        @Override
        public List<String> references() {
            return List.of(table);
        }
    }

    /** Whether rows prefer what lies above the diagonal. */
    @Named("upper-share")
    @Doc("Share of triples in a square table, with b > a and c <= a, for which table[a, b] > table[a, c].")
    @Example("{upper-share: qk}")
    public record Triangle(
            @Key("upper-share") @Doc("A measurement with two axes remaining.") @NameOf("measure")
            String table,

            @Default("{}") @Doc("Labels by axis.") Map<String, String> where)
            implements Expression {
        @Override
        public double value(Findings findings, int b) {
            NamedArray square = square(findings, table, where, b);
            int width = square.axes().get(1).size();
            int n = Math.min(square.axes().get(0).size(), width);
            long hits = 0;
            long pairs = 0;
            for (int row = 0; row < n; row++) {
                for (int above = row + 1; above < n; above++) {
                    for (int below = 0; below <= row; below++) {
                        pairs++;
                        hits += square.data()[row * width + above] > square.data()[row * width + below] ? 1 : 0;
                    }
                }
            }
            return pairs == 0 ? Double.NaN : (double) hits / pairs;
        }

        @Override
        public Set<String> axes() {
            return where.keySet();
        }

        @Override
        public List<String> references() {
            return List.of(table);
        }
    }

    private static NamedArray square(Findings findings, String name, Map<String, String> where, int b) {
        NamedArray table = AxisSelection.narrow(findings.get(name), where).replicate(findings.resampling(), b);
        while (table.axes().size() > 2 && table.axes().get(0).size() == 1) {
            table = table.at(table.axes().get(0).name(), 0);
        }
        if (table.axes().size() != 2) {
            throw new IllegalArgumentException("`" + name + "` is not a table but " + NamedArray.describe(table.axes())
                    + "; narrow it with `where`");
        }
        return table;
    }
}
