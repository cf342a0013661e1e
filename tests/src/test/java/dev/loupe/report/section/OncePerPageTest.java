package dev.loupe.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OncePerPageTest {
    private static final String LONG = "What the numbers are. ".repeat(30).strip();

    private static FigureSection figure(String name, String about) {
        Quantity quantity = new Quantity(
                name,
                name,
                about,
                Figure.TABLE,
                "",
                new NamedArray(List.of(Axis.counted("seed", 2)), new double[] {1, 2}),
                null,
                null);
        return new FigureSection.Kind()
                .section(quantity, "m-" + name, dev.loupe.report.draw.PageDetail.FROM_FULL.get(0));
    }

    private static List<String> about(OncePerPage once, FigureSection figure) {
        return ((FigureSection) Objects.requireNonNull(once.next(figure))).about();
    }

    @Test
    void aLongExplanationStandsWhereItOccursFirst() {
        OncePerPage once = new OncePerPage();
        assertThat(about(once, figure("a", LONG + "\n\nModel: one."))).containsExactly(LONG, "Model: one.");
        assertThat(about(once, figure("b", LONG + "\n\nModel: two.")))
                .containsExactly("What the numbers mean is said [where they occur first](#m-a).", "Model: two.");
        assertThat(about(once, figure("c", LONG + " And more.\n\nModel: one.")))
                .containsExactly(LONG + " And more.", "Model: one.");
    }
}
