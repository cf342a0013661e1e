package dev.loupe.report.graph;

import dev.loupe.report.chart.Plotted;
import dev.loupe.report.draw.Numbers;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path that was patched: how much a sender's way to a receiver carries.
 *
 * @param receiver the node where it ends: heads without their inputs ({@code L9H6}), or {@code logits}
 * @param inputs what of the receiver is reached: {@code q}, {@code k, v}, empty for the logits
 * @param layer the layer of the receiver, one after the last for the logits
 * @param flat where the number stands in its quantity
 */
public record PathEdge(Sender from, String receiver, String inputs, int layer, Plotted plotted, int flat) {
    private static final Pattern RECEIVER = Pattern.compile("(L(\\d+)(?:H\\d+)?)\\.(\\w+)");

    /** A sending head. */
    public record Sender(int layer, String name) {}

    public double effect() {
        return plotted.values()[flat];
    }

    public String hint() {
        return from.name() + " to " + receiver + (inputs.isEmpty() ? "" : " (" + inputs + ")") + ": "
                + Numbers.show(effect()) + plotted.intervalText(flat);
    }

    /** Whether a quantity is a sweep of senders by layer and head in one model. */
    public static boolean applies(Quantity quantity) {
        NamedArray effects = quantity.estimate();
        return !quantity.setting().receivers().isEmpty()
                && effects.hasAxis("layer")
                && effects.hasAxis("head")
                && effects.data().length
                        == effects.axis("layer").size() * effects.axis("head").size();
    }

    /** The strongest ones first, at most {@code most} of at least {@code least} in size. */
    public static List<PathEdge> of(Quantity quantity, int most, double least, int lastLayer) {
        Set<String> heads = new LinkedHashSet<>();
        Set<String> inputs = new LinkedHashSet<>();
        int layer = lastLayer;
        for (String name : quantity.setting().receivers()) {
            Matcher m = RECEIVER.matcher(name);
            if (m.matches()) {
                heads.add(m.group(1));
                inputs.add(m.group(3));
                layer = Math.min(layer, Integer.parseInt(m.group(2)));
            } else {
                heads.add(name);
            }
        }
        Plotted plotted = Plotted.of(quantity);
        List<PathEdge> edges = new ArrayList<>();
        for (int flat = 0; flat < plotted.values().length; flat++) {
            String sender = plotted.component(flat);
            if (sender != null && Math.abs(plotted.values()[flat]) >= least) {
                int from = Integer.parseInt(sender.substring(1, sender.indexOf('H')));
                edges.add(new PathEdge(
                        new Sender(from, sender),
                        String.join(" ", heads),
                        String.join(", ", inputs),
                        layer,
                        plotted,
                        flat));
            }
        }
        edges.sort(Comparator.comparingDouble((PathEdge e) -> -Math.abs(e.effect())));
        return edges.subList(0, Math.min(most, edges.size()));
    }
}
