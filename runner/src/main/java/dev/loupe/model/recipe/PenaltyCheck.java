package dev.loupe.model.recipe;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.model.config.Sites;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.schema.Bound;
import dev.loupe.schema.problem.Problems;
import dev.loupe.text.Count;
import java.nio.file.Path;

/** Whether a penalty fits the network that is to be trained with it. */
public final class PenaltyCheck {
    private static final String PATH = "recipe.penalty";

    private final Bound<?> bound;
    private final Problems problems;

    /**
     * @param bound the card, in which the penalty is at {@code recipe.penalty}
     * @param problems takes every problem at its place in the card
     */
    public PenaltyCheck(Bound<?> bound, Problems problems) {
        this.bound = bound;
        this.problems = problems;
    }

    /** @param folder of the card */
    public void check(Penalty penalty, TransformerConfig config, Path folder) {
        if (!(penalty.weight() > 0)) {
            problem(".weight", "out-of-range", "`weight` must be above 0, not " + penalty.weight());
        }
        int width = penalty.site().width(config);
        boolean exists = Sites.exists(config, penalty.point());
        String site = "`" + penalty.site() + "`";
        if (!exists) {
            problem(
                    ".site",
                    "bad-value",
                    "this network has no hook point " + site
                            + (penalty.point().layer() >= config.nLayers()
                                    ? ": it has " + Count.of(config.nLayers(), "layer") + ", counted from 0"
                                    : ""));
        } else if (width == 0) {
            problem(
                    ".site",
                    "bad-value",
                    site + " has no directions: use a hook point [batch, pos, d_model] or [batch, pos, d_mlp], such as "
                            + "`L0.resid_post`");
        }
        try {
            direction(penalty.direction().numbers(folder), site, exists ? width : 0);
        } catch (IllegalArgumentException | DatasetException e) {
            problem(".direction", "bad-value", String.valueOf(e.getMessage()));
        }
    }

    /** @param width of the site, 0 where that is not known */
    private void direction(PenaltyDirection.Numbers direction, String site, int width) {
        int numbers = direction.numbers().size();
        if (width > 0 && numbers != width) {
            problem(
                    ".direction",
                    "bad-value",
                    "the direction has " + Count.of(numbers, "number") + ", but " + site + " is " + width + " wide");
        } else if (direction.pointsNowhere()) {
            problem(".direction", "bad-value", "all numbers of the direction are 0, so that it points nowhere");
        }
    }

    private void problem(String option, String code, String message) {
        problems.add(bound.at(PATH + option), code, message);
    }
}
