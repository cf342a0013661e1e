package dev.loupe.analysis.output;

import dev.loupe.analysis.reading.AskedResidual;
import dev.loupe.analysis.reading.ResidualSites;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.AnswerOption;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The logit difference that the residual stream holds at each depth, without the biases of the last steps. */
record LensDifference(String at, @Nullable Reduction answers, ResidualSites sites, LogitLens.Scale scale)
        implements RowReading {
    @Override
    public List<HookPoint> captures(ModelShape shape) {
        List<HookPoint> points = new ArrayList<>(new Depths(sites).points(shape));
        if (sites.scaled()) {
            points.add(HookPoint.of(Site.LN_FINAL_SCALE));
        }
        return points;
    }

    @Override
    public LogitsRead logits() {
        return new LogitsRead(LogitsRead.Extent.AT, at);
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return List.of(new Depths(sites).axis(shape));
    }

    /** A logit difference is taken apart: what it needs. */
    @Override
    public void check(TokenRows rows) {
        AnswerOption.checkDifference(rows, at, answers, label());
    }

    @Override
    public RowValues read(Batch batch) {
        AskedResidual asked = new AskedResidual(batch, at, AnswerOption.of(answers), sites.scaled());
        List<HookPoint> points = new Depths(sites).points(batch.shape());
        RowValues out = RowValues.zeros(batch.rows().rows() * points.size());
        for (int p = 0; p < points.size(); p++) {
            HookPoint point = points.get(p);
            float[] values = scale == LogitLens.Scale.OWN ? asked.lens(point) : asked.part(point);
            for (int i = 0; i < values.length; i++) {
                out.numerator()[asked.row(i) * points.size() + p] += values[i];
                out.denominator()[asked.row(i) * points.size() + p]++;
            }
        }
        return out;
    }

    @Override
    public String label() {
        return "logit lens at " + at + AnswerOption.label(answers)
                + (scale == LogitLens.Scale.OWN ? ", own scale" : "");
    }
}
