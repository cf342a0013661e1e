package dev.loupe.analysis.output;

import dev.loupe.intervention.select.Window;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.List;

/** Which cells of a sweep over windows edit the layers of a window one at a time. */
final class WindowParts {
    private WindowParts() {}

    /**
     * By cell, in the order of the axes.
     *
     * @throws IllegalArgumentException where the sweep lacks windows, single layers or a layer of a window
     */
    static List<List<Integer>> of(List<Axis> axes, int layers) {
        int window = named(axes, "window");
        int layer = named(axes, "layer");
        int one = window < 0 ? -1 : axes.get(window).labels().indexOf("1");
        if (layer < 0 || one < 0) {
            throw new IllegalArgumentException(
                    "`as: additivity` needs a sweep over layers whose `window` contains 1 and a larger size, such "
                            + "as `over: [layer], window: [1, 3]`");
        }
        NamedArray shape = new NamedArray(axes, new double[NamedArray.sizeOf(axes)]);
        List<List<Integer>> parts = new ArrayList<>();
        for (int cell = 0; cell < shape.data().length; cell++) {
            int[] at = shape.coordinates(cell);
            int around = Integer.parseInt(axes.get(layer).labels().get(at[layer]));
            int size = Integer.parseInt(axes.get(window).labels().get(at[window]));
            List<Integer> singles = new ArrayList<>();
            for (int each : Window.around(around, size, layers)) {
                int index = axes.get(layer).labels().indexOf(Integer.toString(each));
                if (index < 0) {
                    throw new IllegalArgumentException("`as: additivity` compares with each layer alone, but layer "
                            + each + " is not swept: leave out `layers`");
                }
                int[] single = at.clone();
                single[window] = one;
                single[layer] = index;
                singles.add(flat(axes, single));
            }
            parts.add(singles);
        }
        return parts;
    }

    private static int named(List<Axis> axes, String name) {
        return axes.stream().map(Axis::name).toList().indexOf(name);
    }

    private static int flat(List<Axis> axes, int[] at) {
        int flat = 0;
        for (int a = 0; a < at.length; a++) {
            flat = flat * axes.get(a).size() + at[a];
        }
        return flat;
    }
}
