package dev.loupe.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.problem.SpecException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a message says decides nothing: a model that is not here is one that its problem names. */
class AbsentModelsTest {
    private static final SourceLocation PLACE = new SourceLocation("spec.yaml", 2, 8);

    private static List<String> of(Problem... problems) {
        return AbsentModels.of(new SpecException(List.of(problems)));
    }

    @Test
    void eachIsNamedOnceWhereNothingElseIsWrong() {
        Problem one = new Problem(PLACE, "unknown-model", "in any words", null, "one");
        Problem two = new Problem(PLACE, "unknown-model", "in other words", null, "two");
        assertThat(of(one, two, one)).containsExactly("one", "two");
        assertThat(of(one.with("; and more"))).containsExactly("one");
    }

    @Test
    void anotherProblemBesideItIsToldInstead() {
        Problem one = new Problem(PLACE, "unknown-model", "no model `one` in models", null, "one");
        assertThat(of(one, new Problem(PLACE, "unknown-key", "no such key", null)))
                .isEmpty();
        assertThat(of(new Problem(PLACE, "unknown-model", "no model `one` in models", null)))
                .isEmpty();
    }
}
