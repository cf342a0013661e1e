package dev.loupe.claim;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.schema.problem.DidYouMean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Narrowing of a measurement to labels of its axes, and the naming of what is left. */
public final class AxisSelection {
    private static final Pattern HEAD = Pattern.compile("L(\\d+)(H|KV)(\\d+)");

    private AxisSelection() {}

    /** The measurement at the given label of each named axis; {@code head: L1H2} also fixes the layer. */
    public static Measured narrow(Measured measured, Map<String, String> where) {
        Measured out = measured;
        for (Map.Entry<String, String> entry : expand(where).entrySet()) {
            NamedArray estimate = out.estimate();
            if (!estimate.hasAxis(entry.getKey())) {
                throw new IllegalArgumentException(
                        "there is no axis `" + entry.getKey() + "` among " + NamedArray.describe(estimate.axes()));
            }
            Axis axis = estimate.axis(entry.getKey());
            int index = axis.labels().indexOf(entry.getValue());
            if (index < 0) {
                String near = DidYouMean.to(entry.getValue(), axis.labels());
                throw new IllegalArgumentException("axis `" + axis.name() + "` has no `" + entry.getValue() + "`"
                        + (near == null ? "" : "; did you mean `" + near + "`?"));
            }
            out = out.at(axis.name(), index);
        }
        return out;
    }

    /** Labels by axis, where {@code head: L1H2} stands for layer 1 and head 2. */
    public static Map<String, String> expand(Map<String, String> where) {
        Map<String, String> out = new LinkedHashMap<>();
        where.forEach((axis, label) -> {
            Matcher m = HEAD.matcher(label);
            if ((axis.equals("head") || axis.equals("kv_head")) && m.matches()) {
                put(out, "layer", m.group(1));
                put(out, m.group(2).equals("H") ? "head" : "kv_head", m.group(3));
            } else {
                put(out, axis, label);
            }
        });
        return out;
    }

    private static void put(Map<String, String> labels, String axis, String label) {
        String before = labels.put(axis, label);
        if (before != null && !before.equals(label)) {
            throw new IllegalArgumentException(
                    "`where` gives two labels for axis `" + axis + "`, " + before + " and " + label);
        }
    }

    /** The labels of a flat index, as the field writes them: {@code L1H2}, otherwise {@code axis label, ...}. */
    public static String name(List<Axis> axes, int[] at) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < axes.size(); i++) {
            labels.put(axes.get(i).name(), axes.get(i).labels().get(at[i]));
        }
        StringBuilder text = new StringBuilder();
        String layer = labels.get("layer");
        String kind = labels.containsKey("head") ? "head" : "kv_head";
        String head = labels.get(kind);
        if (layer != null && head != null) {
            text.append('L')
                    .append(layer)
                    .append(kind.equals("head") ? "H" : "KV")
                    .append(head);
            labels.remove("layer");
            labels.remove(kind);
        }
        String toLayer = labels.get("to_layer");
        String toHead = labels.get("to_head");
        if (toLayer != null && toHead != null) {
            text.append(" to L").append(toLayer).append('H').append(toHead);
            labels.remove("to_layer");
            labels.remove("to_head");
        }
        labels.forEach((axis, label) -> text.append(text.length() == 0 ? "" : ", ")
                .append(axis.equals("component") ? "" : axis + " ")
                .append(label));
        return text.toString();
    }
}
