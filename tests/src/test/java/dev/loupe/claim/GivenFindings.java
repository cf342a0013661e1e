package dev.loupe.claim;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.Resampling;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Results that are written down instead of measured. */
final class GivenFindings {
    /** Two layers of three heads. */
    static final List<Axis> HEADS = List.of(Axis.counted("layer", 2), Axis.counted("head", 3));

    private GivenFindings() {}

    static Measured exact(List<Axis> axes, double... values) {
        return new Measured(new NamedArray(axes, values), null, null);
    }

    /** Six numbers: heads 0, 1, 2 of layer 0, then of layer 1. */
    static Measured heads(double... values) {
        return exact(HEADS, values);
    }

    static Findings of(Map<String, Measured> all) {
        return new Findings(name -> Objects.requireNonNull(all.get(name), name), new Resampling(100, .95, 1));
    }

    static Findings of(String name, Measured measured) {
        return of(Map.of(name, measured));
    }
}
