package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.UserInputException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is too large is told from its plan, with what would allow it. */
class RunSizeTest {
    private static final long ROOM = 1L << 40;

    @TempDir
    Path folder;

    /** The planted model has 2 layers of 2 heads: 100 rows run once clean and once for each of 4 heads. */
    @Test
    void rowsTimesCellsAreCountedAndLimited() {
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model: {plant: heads}
                dataset: {generator: repeated-tokens, period: 4..9, length: 30, rows: 100, seed: 3}
                intervention: {ablate: attn.z, over: [layer, head], with: zero}
                metric: loss
                measure: {swept: {apply: default, read: default}, clean: {evaluate: [default]}}
                """)) {
            RunSize size = RunSize.of(lab.plan());
            long cells = 100L * heads(lab);
            assertThat(size.runs()).isGreaterThan(cells).isLessThanOrEqualTo(cells + 300);
            assertThatCode(() -> size.check(size.runs(), ROOM)).doesNotThrowAnyException();
            assertThatThrownBy(() -> size.check(size.runs() - 1, ROOM))
                    .isInstanceOf(UserInputException.class)
                    .hasMessageContaining("--most-runs " + size.runs())
                    .hasMessageContaining("100 rows of default times " + heads(lab) + " cells");
            assertThatThrownBy(() -> size.check(size.runs(), size.bytes() - 1))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("LOUPE_JAVA_OPTS=-Xmx1g");
        }
    }

    private static int heads(Laboratory lab) {
        return lab.plan().steps().stream()
                .flatMap(step -> step.models().stream())
                .mapToInt(model -> model.shape().layers() * model.shape().heads())
                .findFirst()
                .orElseThrow();
    }
}
