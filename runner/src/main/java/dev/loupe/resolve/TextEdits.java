package dev.loupe.resolve;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.intervention.Intervention;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.metric.direction.AveragedOver;
import dev.loupe.metric.direction.MeanActivation;
import dev.loupe.model.config.Sites;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanBuilder;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.Component;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.FoundEdges;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.DirectionEdit;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.resolve.model.ModelShapes;
import dev.loupe.schema.DataFile;
import dev.loupe.tensors.FileDirection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Interventions of the spec language on one running text, where there are no datasets: where a spec names a dataset, here
 * stands a text. What needs other rows, several runs or positions with names is refused.
 *
 * @param cell all edits, in the order they were given
 * @param means by step id: the mean activation over the positions of a text
 */
public record TextEdits(Cell cell, Map<Integer, Mean> means) {
    private static final EditContext RUN = new EditContext("", "", List.of(), true);

    /** The mean activation at a point over positions of a text, of which numbers alone can be named. */
    public record Mean(HookPoint point, String text, AveragedOver over) {}

    /**
     * @throws IllegalArgumentException naming what one text alone cannot do, after the number of the intervention
     */
    public static TextEdits of(List<Intervention> interventions, TransformerConfig config) {
        OneText planning = new OneText(config);
        List<Edit> edits = new ArrayList<>();
        Map<Integer, Mean> means = new LinkedHashMap<>();
        for (int i = 0; i < interventions.size(); i++) {
            try {
                if (!interventions.get(i).after().isEmpty()) {
                    throw new IllegalArgumentException(
                            "`after` names interventions of a spec; here, repeat --edit to apply several in order");
                }
                Sweep sweep = interventions.get(i).sweep(planning, RUN);
                if (sweep.cells().size() != 1 || !sweep.axes().isEmpty()) {
                    throw new IllegalArgumentException(
                            "this is a sweep of " + sweep.cells().size()
                                    + " separate edits, but one text needs a single one: name heads (`heads: "
                                    + "[L0H1]`) or a `layer`");
                }
                edits.addAll(sweep.cells().get(0).edits());
                edits.forEach(TextEdits::check);
                means.putAll(planning.means());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("--edit " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return new TextEdits(new Cell(0, edits), means);
    }

    private static void check(Edit edit) {
        if (!(edit.positions() instanceof Positions.All) || !(edit.keys() instanceof Positions.All)) {
            throw new IllegalArgumentException(
                    "`at` names positions of dataset rows; for generated text only `everywhere` is possible");
        }
        EditValue value = edit.value();
        if (!(value instanceof EditValue.Zero || value instanceof EditValue.MeanOf || value instanceof DirectionEdit)) {
            throw new IllegalArgumentException(
                    "it needs values of another run or of a dataset, but here a single text runs: " + value);
        }
    }

    /** The spec's view of a model and its data, with texts for datasets. */
    private static final class OneText implements Planning {
        private static final int LOAD = -1;

        private final PlanBuilder builder = new PlanBuilder();
        private final TransformerConfig config;

        OneText(TransformerConfig config) {
            this.config = config;
        }

        Map<Integer, Mean> means() {
            Map<Integer, Mean> means = new LinkedHashMap<>();
            Map<Integer, String> texts = new LinkedHashMap<>();
            for (PlanStep step : builder.since(0)) {
                if (step instanceof Forward forward) {
                    texts.put(forward.id(), forward.rows().name());
                } else if (step instanceof Summarise summarise && summarise.reading() instanceof MeanActivation mean) {
                    if (mean.form() == MeanActivation.Form.EACH_POSITION) {
                        throw new IllegalArgumentException(
                                "a mean per position covers only the length of its text; write `per: all`");
                    }
                    means.put(
                            summarise.id(),
                            new Mean(mean.point(), texts.getOrDefault(summarise.forward(), ""), mean.over()));
                }
            }
            return means;
        }

        @Override
        public PlanBuilder builder() {
            return builder;
        }

        @Override
        public ModelRef model() {
            return new ModelRef("the model", "", ModelShapes.of(config));
        }

        @Override
        public int load() {
            return LOAD;
        }

        @Override
        public RowsRef rows(String text) {
            return new RowsRef(text, "", "", List.of(new RowsRef.Bucket(1, 1)));
        }

        @Override
        public RowsRef permuted(String dataset, long seed) {
            throw new IllegalArgumentException(
                    "`resample` draws from the rows of a dataset, but there is only one " + "text here");
        }

        @Override
        public float[] vector(DataFile file, String tensor, List<Integer> at) {
            Path path = Path.of(file.toString());
            if (!Files.isRegularFile(path)) {
                throw new IllegalArgumentException("there is no file " + file + " in the current folder");
            }
            return FileDirection.of(path, file.toString(), tensor, at);
        }

        @Override
        public boolean has(Site site) {
            return Sites.exists(config, site);
        }

        @Override
        public HookPoint point(Site site, int layer) {
            if (!has(site)) {
                throw new IllegalArgumentException("the model has no `" + site.canonical() + "`");
            }
            return HookPoint.of(site, layer);
        }

        @Override
        public List<Component> passing(Found choice, ComponentKind kind) {
            throw new IllegalArgumentException(
                    "`" + kind.word() + "s-from` needs an earlier measurement, which does not exist here; name the `"
                            + kind.word() + "s`");
        }

        @Override
        public List<String> edges(FoundEdges choice) {
            throw new IllegalArgumentException("`edges-from` needs an earlier measurement, which does not exist here");
        }
    }
}
