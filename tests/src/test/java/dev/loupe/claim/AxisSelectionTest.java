package dev.loupe.claim;

import static dev.loupe.claim.GivenFindings.exact;
import static dev.loupe.claim.GivenFindings.heads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.result.Axis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AxisSelectionTest {
    private static final Measured HEADS = heads(0, 1, 2, 10, 11, 12);

    private static double[] at(Measured measured, Map<String, String> where) {
        return AxisSelection.narrow(measured, where).estimate().data();
    }

    @Test
    void aLabelNarrowsItsAxis() {
        assertThat(at(HEADS, Map.of("layer", "1"))).containsExactly(10, 11, 12);
        assertThat(at(HEADS, Map.of("head", "2"))).containsExactly(2, 12);
        assertThat(at(HEADS, Map.of("head", "2", "layer", "0"))).containsExactly(2);
    }

    @Test
    void aHeadsNameFixesTheLayerToo() {
        assertThat(at(HEADS, Map.of("head", "L1H2"))).containsExactly(12);
        assertThat(at(HEADS, Map.of("head", "L1H0", "layer", "1"))).containsExactly(10);
        Measured keys = exact(List.of(Axis.counted("layer", 2), Axis.counted("kv_head", 2)), 1, 2, 3, 4);
        assertThat(at(keys, Map.of("kv_head", "L1KV0"))).containsExactly(3);
    }

    /** The same text on another axis is that axis' own label. */
    @Test
    void onlyAHeadsAxisIsReadSo() {
        Measured parts = exact(List.of(new Axis("component", List.of("embed", "L1H2"))), 5, 7);
        assertThat(at(parts, Map.of("component", "L1H2"))).containsExactly(7);
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThatThrownBy(() -> at(HEADS, Map.of("neuron", "1")))
                .hasMessage("there is no axis `neuron` among [layer 2, head 3]");
        Measured parts = exact(List.of(new Axis("by", List.of("exact", "estimate"))), 5, 7);
        assertThatThrownBy(() -> at(parts, Map.of("by", "exakt")))
                .hasMessage("axis `by` has no `exakt`; did you mean `exact`?");
        assertThatThrownBy(() -> at(parts, Map.of("by", "12345"))).hasMessage("axis `by` has no `12345`");
        Map<String, String> two = new LinkedHashMap<>();
        two.put("layer", "0");
        two.put("head", "L1H2");
        assertThatThrownBy(() -> at(HEADS, two)).hasMessageContaining("two labels for axis `layer`, 0 and 1");
    }

    private static String name(Map<String, List<String>> axes, int... at) {
        List<Axis> all = axes.entrySet().stream()
                .map(e -> new Axis(e.getKey(), e.getValue()))
                .toList();
        return AxisSelection.name(all, at);
    }

    private static String name(String... labels) {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            axes.put(labels[i], List.of(labels[i + 1]));
        }
        return name(axes, new int[axes.size()]);
    }

    @Test
    void aComponentIsNamedAsTheFieldWritesIt() {
        assertThat(name("layer", "1", "head", "2")).isEqualTo("L1H2");
        assertThat(name("layer", "1", "kv_head", "2")).isEqualTo("L1KV2");
        assertThat(name("layer", "0", "head", "1", "to_layer", "2", "to_head", "3"))
                .isEqualTo("L0H1 to L2H3");
        assertThat(name("layer", "1", "head", "2", "pos", "4")).isEqualTo("L1H2, pos 4");
        assertThat(name("layer", "1", "neuron", "9")).isEqualTo("layer 1, neuron 9");
        assertThat(name("head", "2")).isEqualTo("head 2");
        assertThat(name("to_layer", "2", "pos", "0")).isEqualTo("to_layer 2, pos 0");
        assertThat(name("component", "mlp 3")).isEqualTo("mlp 3");
        assertThat(name()).isEmpty();
        assertThat(name(Map.of("pos", List.of("a", "b", "c")), 1)).isEqualTo("pos b");
    }
}
