package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.sampled.ClassMeans;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.TokenSet;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.ShapePart;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.values.ClassShapes;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.ConstantDoc;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How the mean activations of a few classes lie to each other. */
@Named("class-geometry")
@Doc(
        "The shape that the mean activations of a few classes form around their common mean: a polygon in the order in which the "
                + "classes are named, or a simplex. The class of a row is the token at a named position. Rows are resampled.")
@Example("{class-geometry: resid_post, classes: {ids: [0, 1, 2, 3, 4, 5, 6]}, of: LAST, layers: [0]}")
public record ClassGeometry(
        @Key("class-geometry") @Doc("The hook point [batch, pos, d_model] that is read, such as `resid_post`.")
        SiteName site,

        @Doc("The classes in their order, as words or ids: each is the token at `of`.")
        TokenSet classes,

        @Doc("Named position of the token that is the class of its row.")
        String of,

        @Default("") @Doc("Named position where activations are read. Default: the same.")
        String at,

        @OneOrMany @Default("[]") @Doc("Only these layers. Default: all.")
        List<Integer> layers,

        @Default("[1, 2]")
        @Doc(
                "The two principal components of the class means in whose plane a polygon is looked for. Name them before you "
                        + "look at others: among many planes some polygon is found by chance.")
        List<Integer> plane,

        @Default("shape") @Doc("What the result is.") Show show)
        implements NeuronAnalysis {
    /** Above this the means would not fit beside everything else. */
    private static final long MOST_BYTES = 1_500_000_000;

    /** What the result is. */
    public enum Show {
        @Doc("Numbers that say how near the classes are to a polygon and to a simplex.")
        SHAPE,
        @Doc("Where the classes lie in the plane, at a mean squared distance of 1 from their common mean.")
        PLANE
    }

    public ClassGeometry {
        layers = List.copyOf(layers);
        plane = List.copyOf(plane);
        if (classes.named() < 3) {
            throw new IllegalArgumentException("`classes` names at least three words or ids: two always lie on a line");
        }
        int named = classes.named();
        if (plane.size() != 2
                || plane.get(0).equals(plane.get(1))
                || plane.stream().anyMatch(c -> c < 1 || c >= named)) {
            throw new IllegalArgumentException(
                    "`plane` names two of the components 1 to " + (named - 1) + ", not " + plane);
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelShape shape = planning.model().shape();
        List<String> axes = site.site().axes();
        if (!site.site().perLayer() || axes.size() != 3 || !axes.get(2).equals(ClassShapes.WIDTH)) {
            throw new IllegalArgumentException(
                    "`" + site + "` is not a hook point [batch, pos, d_model] of a layer; " + "`resid_post` is");
        }
        List<Integer> which = planning.layers(site.site(), layers);
        RowsRef rows = planning.rows(planning.on());
        long bytes = 16L * rows.rows() * which.size() * classes.named() * shape.dModel();
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("the class means of every row would take " + bytes / 1_000_000
                    + " MB, and at most " + MOST_BYTES / 1_000_000 + " are kept: name fewer `layers`");
        }
        String read = at.isEmpty() ? of : at;
        TokenSet.Ids ids = (TokenSet.Ids) classes.in(planning, "");
        ClassMeans reading = new ClassMeans(site.site(), which, of, read, ids.ids(), names());
        int run = planning.clean(rows, reading.captures(shape), LogitsRead.NONE);
        int means = planning.builder().add(id -> new ReadRows(id, reading, List.of(run), List.of()));
        return planning.builder().add(id -> new ClassShapes(id, means, plane, show == Show.PLANE));
    }

    private List<String> names() {
        return classes instanceof TokenSet.AnyOf words
                ? words.words().stream().map(String::strip).toList()
                : ((TokenSet.Ids) classes).ids().stream().map(String::valueOf).toList();
    }

    @Override
    public String title() {
        return show == Show.PLANE ? "Classes in a plane" : "Shape of the class means";
    }

    @Override
    public String formula() {
        return show == Show.PLANE
                ? "principal components " + plane.get(0) + " and " + plane.get(1) + " of the centred class means"
                : Arrays.stream(ShapePart.values())
                        .map(part -> "**" + part.word() + "**: " + ConstantDoc.of(part) + "  \n")
                        .collect(Collectors.joining());
    }

    @Override
    public String formula(String part) {
        return Arrays.stream(ShapePart.values())
                .filter(known -> known.word().equals(part))
                .findFirst()
                .map(ConstantDoc::of)
                .orElseGet(this::formula);
    }

    @Override
    public String parts() {
        return show == Show.PLANE ? "" : ClassShapes.PARTS;
    }

    @Override
    public Figure figure() {
        return show == Show.PLANE ? Figure.VECTORS : Figure.AUTO;
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.LOWER;
    }
}
