package dev.loupe.analysis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.ModelShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatternsTest {
    @Test
    void everyLayerHasThem() {
        ModelShape two = new ModelShape("transformer", 2, 4, 1, 1, 4, 0, 5, 5, 8, true, false, false, 0, List.of());
        assertThat(Patterns.all(two)).containsExactly(HookPoint.of(Site.PATTERN, 0), HookPoint.of(Site.PATTERN, 1));
    }
}
