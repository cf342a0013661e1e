package dev.loupe.analysis.reading;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.ModelShape;
import java.util.ArrayList;
import java.util.List;

/** The attention patterns of every layer. */
public final class Patterns {
    private Patterns() {}

    public static List<HookPoint> all(ModelShape shape) {
        List<HookPoint> points = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            points.add(new HookPoint(Site.PATTERN, layer));
        }
        return points;
    }
}
