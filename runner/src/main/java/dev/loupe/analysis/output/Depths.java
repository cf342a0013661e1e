package dev.loupe.analysis.output;

import dev.loupe.analysis.reading.ResidualSites;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.List;

/** Where a lens reads the residual stream: before each block, between attention and MLP where there is such a place, and at the end. */
record Depths(ResidualSites sites) {
    List<HookPoint> points(ModelShape shape) {
        List<HookPoint> points = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            points.add(HookPoint.of(Site.RESID_PRE, layer));
            if (sites.mid()) {
                points.add(HookPoint.of(Site.RESID_MID, layer));
            }
        }
        points.add(HookPoint.of(Site.RESID_POST, shape.layers() - 1));
        return points;
    }

    Axis axis(ModelShape shape) {
        List<String> labels = new ArrayList<>();
        for (HookPoint point : points(shape)) {
            String end = point.site() == Site.RESID_PRE ? "_pre" : "_mid";
            labels.add(point.site() == Site.RESID_POST ? "final_post" : point.layer() + end);
        }
        return new Axis("depth", labels);
    }
}
