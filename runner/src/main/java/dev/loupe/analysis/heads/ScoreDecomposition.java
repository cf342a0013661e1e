package dev.loupe.analysis.heads;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.hook.Site;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.build.Planning;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;

/**
 * Why a head attends where it does: its attention scores as a sum over what the query knows times what the key knows
 * (Elhage et al. 2021, "QK circuit"; problems 2.21), apart for keys that are the query itself, an earlier copy of it,
 * another token, or the row's first. A softmax compares keys, so read differences between kinds of keys, not levels.
 */
@Named("score-decomposition")
@Doc("Attention scores of a head as a sum of terms: token or position of the query times token or position of "
        + "the key. Keys are grouped into the query itself, earlier copies of its token, other tokens and the first "
        + "token.")
@Example("{score-decomposition: L0H1, at: duplicate}")
public record ScoreDecomposition(
        @OneOrMany @Key("score-decomposition") @Doc("Heads of one layer such as `L0H1`.")
        List<HeadName> heads,

        @Default("everywhere") @Doc("Only queries at this position class or named position count.")
        String at)
        implements HeadAnalysis {
    public ScoreDecomposition {
        heads = List.copyOf(heads);
        if (heads.isEmpty()) {
            throw new IllegalArgumentException("name at least one head, such as L0H1");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelShape shape = planning.model().shape();
        List<Planning.Head> chosen = heads.stream().map(head -> head.in(shape)).toList();
        int layer = chosen.get(0).layer();
        if (chosen.stream().anyMatch(head -> head.layer() != layer)) {
            throw new IllegalArgumentException("heads of one layer at a time: " + heads);
        }
        ScoreTerms terms = new ScoreTerms(
                layer,
                chosen.stream().map(Planning.Head::head).toList(),
                at,
                planning.has(Site.LN1_SCALE),
                planning.has(Site.POS_EMBED),
                planning.has(Site.ROT_Q),
                planning.has(Site.Q_NORM_SCALE));
        int run = planning.clean(planning.rows(planning.on()), terms.captures(shape), terms.logits());
        return planning.builder().add(id -> new ReadRows(id, terms, List.of(run), List.of()));
    }

    @Override
    public String title() {
        return "Decomposition of attention scores";
    }

    @Override
    public String formula() {
        return "score(i, j) = sum over parts a of the query's and b of the key's residual of (a W_Q) . (b W_K) / attention"
                + " scale, with the scales of the normalisations before attention and of queries and keys frozen, before a soft-cap of the scores; `rest` is the contribution of earlier layers "
                + "and biases, `rotation` the contribution of the rotation by distance. The terms sum to the score. "
                + "Means over counted queries of the mean over"
                + " keys of a kind.";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.BOTH;
    }

    @Override
    public String unit() {
        return "attention score";
    }

    @Override
    public Figure figure() {
        return Figure.BARS;
    }
}
