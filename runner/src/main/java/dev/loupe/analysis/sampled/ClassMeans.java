package dev.loupe.analysis.sampled;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.values.ClassShapes;
import dev.loupe.result.Axis;
import dev.loupe.text.Count;
import java.util.List;
import java.util.Objects;

/**
 * Mean activation of the rows of each class, where the class of a row is the token at one of its positions; a row of no class is
 * left out.
 *
 * @param of named position whose token is the class
 * @param at named position where the activation is read
 * @param tokens ids of the classes, in their order
 * @param names what they are called
 */
public record ClassMeans(
        Site site, List<Integer> layers, String of, String at, List<Integer> tokens, List<String> names)
        implements RowReading {
    public ClassMeans {
        layers = List.copyOf(layers);
        tokens = List.copyOf(tokens);
        names = List.copyOf(names);
    }

    @Override
    public RowValues read(Batch batch) {
        TokenRows rows = batch.rows();
        int width = batch.shape().dModel();
        int each = tokens.size() * width;
        RowValues out = RowValues.zeros(rows.rows() * layers.size() * each);
        for (int l = 0; l < layers.size(); l++) {
            float[] values = batch.at(HookPoint.of(site, layers.get(l))).toFloatArray();
            for (int r = 0; r < rows.rows(); r++) {
                int length = rows.tokens()[r].length;
                int own = tokens.indexOf(
                        rows.tokens()[r][Objects.requireNonNull(rows.positions().get(of))[r]]);
                int from = (r * length + Objects.requireNonNull(rows.positions().get(at))[r]) * width;
                int to = (r * layers.size() + l) * each + own * width;
                for (int i = 0; i < width && own >= 0; i++) {
                    out.numerator()[to + i] = values[from + i];
                    out.denominator()[to + i] = 1;
                }
            }
        }
        return out;
    }

    @Override
    public void check(TokenRows rows) {
        for (String position : List.of(of, at)) {
            if (!rows.positions().containsKey(position)) {
                throw new IllegalArgumentException(
                        "there is no named position `" + position + "` in these rows; they have "
                                + String.join(", ", rows.positions().keySet()));
            }
        }
        for (int c = 0; c < tokens.size(); c++) {
            int id = tokens.get(c);
            boolean there = false;
            for (int r = 0; r < rows.rows(); r++) {
                there |=
                        rows.tokens()[r][Objects.requireNonNull(rows.positions().get(of))[r]] == id;
            }
            if (!there) {
                throw new IllegalArgumentException("no row has the class " + names.get(c) + " at `" + of + "`");
            }
        }
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return layers.stream().map(layer -> HookPoint.of(site, layer)).toList();
    }

    @Override
    public LogitsRead logits() {
        return LogitsRead.NONE;
    }

    @Override
    public List<Axis> axes(ModelShape shape, RowsRef rows) {
        return axes(shape);
    }

    public List<Axis> axes(ModelShape shape) {
        return List.of(
                new Axis("layer", layers.stream().map(String::valueOf).toList()),
                new Axis(ClassShapes.CLASS, names),
                Axis.counted(ClassShapes.WIDTH, shape.dModel()));
    }

    @Override
    public String label() {
        return "mean `" + site.canonical() + "` of " + Count.of(tokens.size(), "class", "classes");
    }
}
