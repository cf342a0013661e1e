package dev.loupe.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.progress.StopSignal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TurnsTest {
    @Test
    void everySideIsMeasuredOnceInEachRoundAndAnotherBegins() {
        List<String> order = new ArrayList<>();
        Map<String, Supplier<Sample>> sides = new LinkedHashMap<>();
        for (String side : List.of("a", "b", "c")) {
            sides.put(side, () -> {
                order.add(side);
                return new Sample(order.size(), 0);
            });
        }
        Map<String, List<Sample>> samples = new Turns(1, 2, () -> order.add("|"), new StopSignal()).measure(sides);
        assertThat(String.join("", order)).isEqualTo("abc|cab|bca|");
        assertThat(samples.keySet()).containsExactly("a", "b", "c");
        assertThat(samples.get("a")).extracting(Sample::wall).containsExactly(6.0, 11.0);
        assertThat(samples.get("c")).extracting(Sample::wall).containsExactly(5.0, 10.0);
    }

    @Test
    void aPeerIsComparedRoundByRound() {
        SweepResult result = new SweepResult(
                "heads",
                List.of(new Sample(1, 2), new Sample(2, 2), new Sample(4, 2)),
                0,
                0,
                0,
                Map.of("other", List.of(new Sample(5, 8), new Sample(8, 8), new Sample(24, 10))),
                0);
        assertThat(result.ahead("other", false)).isEqualTo(new Ratio.Spread(4, 5, 6));
        assertThat(result.ahead("other", true)).isEqualTo(new Ratio.Spread(4, 4, 5));
    }
}
