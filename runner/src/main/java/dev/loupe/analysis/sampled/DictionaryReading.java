package dev.loupe.analysis.sampled;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.DictionaryShape;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import dev.loupe.result.sample.RowTable;
import java.util.List;

/**
 * Sums over the positions of each row: of features how often each is active, and of the activation x and its error e what the
 * explained variance follows from once the mean of all rows is known.
 *
 * @param density whether the result is the share of positions of each feature
 */
public record DictionaryReading(DictionaryShape dictionary, String at, boolean density) implements RowReading {
    private static final Axis PART = new Axis("part", List.of("explained-variance", "active", "dead"));

    /** Of a row, before how often each feature is active: |x|², |e|²; after it the sum of x itself. */
    private static final int SQUARES = 2;

    @Override
    public RowValues read(Batch batch) {
        TokenRows rows = batch.rows();
        TokenRows.Place place = rows.place(at);
        float[] features =
                batch.at(HookPoint.of(Site.FEATURES, dictionary.layer())).toFloatArray();
        int many = dictionary.features();
        int all = rows.rows() == 0 ? 0 : features.length / many;
        float[] x = density ? new float[0] : batch.at(dictionary.writes()).toFloatArray();
        float[] e = density
                ? new float[0]
                : batch.at(HookPoint.of(Site.DICTIONARY_ERROR, dictionary.layer()))
                        .toFloatArray();
        int width = perRow();
        int wide = width - SQUARES - many;
        RowValues out = RowValues.zeros(rows.rows() * width);
        int length = rows.rows() == 0 ? 0 : all / rows.rows();
        for (int r = 0; r < rows.rows(); r++) {
            for (int pos = 0; pos < length; pos++) {
                if (!place.has(r, pos)) {
                    continue;
                }
                int spot = r * length + pos;
                int to = r * width;
                for (int f = 0; f < many; f++) {
                    out.numerator()[to + SQUARES + f] += features[spot * many + f] == 0 ? 0 : 1;
                }
                for (int i = 0; !density && i < wide; i++) {
                    double value = x[spot * wide + i];
                    double error = e[spot * wide + i];
                    out.numerator()[to] += value * value;
                    out.numerator()[to + 1] += error * error;
                    out.numerator()[to + SQUARES + many + i] += value;
                }
                for (int i = 0; i < width; i++) {
                    out.denominator()[to + i]++;
                }
            }
        }
        return out;
    }

    private int perRow() {
        return SQUARES + dictionary.features() + (density ? 0 : dictionary.width());
    }

    @Override
    public List<Axis> axesPerRow(ModelShape shape, RowsRef rows) {
        return List.of(Axis.counted("sum", perRow()));
    }

    @Override
    public RowTable whole(RowTable perRow) {
        return density ? shares(perRow) : quality(perRow);
    }

    private RowTable shares(RowTable sums) {
        int many = dictionary.features();
        double[] numerator = new double[sums.rows() * many];
        double[] denominator = new double[numerator.length];
        for (int r = 0; r < sums.rows(); r++) {
            System.arraycopy(sums.numerator(), r * sums.width() + SQUARES, numerator, r * many, many);
            System.arraycopy(sums.denominator(), r * sums.width() + SQUARES, denominator, r * many, many);
        }
        return new RowTable(layered(), sums.rows(), numerator, denominator);
    }

    private RowTable quality(RowTable sums) {
        int many = dictionary.features();
        int width = sums.width();
        int wide = width - SQUARES - many;
        double[] mean = new double[wide];
        boolean[] alive = new boolean[many];
        double positions = 0;
        for (int r = 0; r < sums.rows(); r++) {
            positions += sums.denominator()[r * width];
            for (int i = 0; i < wide; i++) {
                mean[i] += sums.numerator()[r * width + SQUARES + many + i];
            }
            for (int f = 0; f < many; f++) {
                alive[f] |= sums.numerator()[r * width + SQUARES + f] > 0;
            }
        }
        int living = 0;
        for (boolean one : alive) {
            living += one ? 1 : 0;
        }
        RowValues out = RowValues.zeros(sums.rows() * PART.size());
        for (int r = 0; r < sums.rows(); r++) {
            double n = sums.denominator()[r * width];
            double variance = sums.numerator()[r * width];
            for (int i = 0; i < wide; i++) {
                double own = mean[i] / positions;
                variance += n * own * own - 2 * own * sums.numerator()[r * width + SQUARES + many + i];
            }
            double active = 0;
            for (int f = 0; f < many; f++) {
                active += sums.numerator()[r * width + SQUARES + f];
            }
            int to = r * PART.size();
            out.numerator()[to] = variance - sums.numerator()[r * width + 1];
            out.denominator()[to] = variance;
            out.numerator()[to + 1] = active;
            out.denominator()[to + 1] = n;
            out.numerator()[to + 2] = n * (many - living) / many;
            out.denominator()[to + 2] = n;
        }
        return new RowTable(List.of(PART), sums.rows(), out.numerator(), out.denominator());
    }

    private List<Axis> layered() {
        return List.of(
                new Axis("layer", List.of(Integer.toString(dictionary.layer()))),
                Axis.counted("feature", dictionary.features()));
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return density ? layered() : List.of(PART);
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        HookPoint features = HookPoint.of(Site.FEATURES, dictionary.layer());
        return density
                ? List.of(features)
                : List.of(dictionary.writes(), features, HookPoint.of(Site.DICTIONARY_ERROR, dictionary.layer()));
    }

    @Override
    public LogitsRead logits() {
        return LogitsRead.NONE;
    }

    @Override
    public void check(TokenRows rows) {
        rows.place(at);
    }

    @Override
    public String label() {
        return "features of the dictionary of layer " + dictionary.layer() + " at " + at;
    }
}
