package dev.loupe.report.training;

import dev.loupe.report.draw.Embedded;
import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.pattern.PackedPatterns;
import dev.loupe.report.pattern.PatternSeries;
import dev.loupe.report.pattern.PatternSheet;
import dev.loupe.report.section.Markup;
import dev.loupe.result.AttentionPatterns;
import dev.loupe.text.Count;
import freemarker.core.TemplateHTMLOutputModel;
import java.util.ArrayList;
import java.util.List;

/**
 * The attention of every head at up to six steps of each training, a sheet of small pictures from which the page's script draws
 * the chosen head in large. The first example is shown.
 *
 * @param aliases addresses of the single patterns
 * @param sheets one for each training
 * @param data heads, tokens, steps and sizes for the script, and which colour of a sheet is which weight
 */
public record Moments(
        String name,
        String title,
        String doc,
        List<String> aliases,
        List<String> heads,
        List<Sheet> sheets,
        List<String> caption,
        String data) {
    /** Heads down, steps across. */
    public record Sheet(String label, TemplateHTMLOutputModel svg) {}

    private record Packed(PatternSeries.Unit unit, List<PackedPatterns.Example> examples) {}

    /** @param head the one that is shown before a reader chooses; the first where it is not among them */
    static Moments of(PatternSeries series, List<String> aliases, String head, PageDetail detail) {
        int pictures =
                series.units().stream().mapToInt(unit -> unit.shown().size()).sum();
        List<Packed> packed = new ArrayList<>();
        List<String> caption = caption(series);
        for (PatternSeries.Unit unit : series.units()) {
            List<PackedPatterns.Example> examples = new ArrayList<>();
            for (PatternSeries.Moment moment : unit.shown()) {
                PackedPatterns of = PackedPatterns.of(first(moment.patterns()), detail.attentionBytes() / pictures);
                examples.add(of.examples().get(0));
                of.leftOut().stream().filter(said -> !caption.contains(said)).forEach(caption::add);
            }
            packed.add(new Packed(unit, examples));
        }
        List<String> heads = series.first().heads();
        return new Moments(
                series.name(),
                series.first().title().replaceFirst(": [^:]*(checkpoint|step) [0-9]+.*$", ""),
                series.first().doc(),
                aliases,
                heads,
                packed.stream().map(one -> sheet(one, heads)).toList(),
                caption,
                data(packed, heads, Math.max(0, heads.indexOf(head))));
    }

    private static AttentionPatterns first(AttentionPatterns patterns) {
        return new AttentionPatterns(
                patterns.name(),
                patterns.title(),
                patterns.doc(),
                patterns.heads(),
                patterns.examples().subList(0, 1),
                patterns.model());
    }

    private static List<String> caption(PatternSeries series) {
        List<String> caption = new ArrayList<>();
        double[] steps = series.units().get(0).moments().stream()
                .mapToDouble(moment -> Double.parseDouble(moment.step()))
                .toArray();
        caption.add("Attention was kept at " + Count.of(steps.length, "checkpoint") + ": " + StepSpacing.words(steps)
                + ".");
        if (steps.length > PatternSeries.SHOWN) {
            caption.add(PatternSeries.SHOWN
                    + " of them are shown, at equal distances in their order; all are in results.safetensors.");
        }
        int examples = series.first().examples().size();
        caption.add(
                (examples == 1 ? "One row" : "The first of " + examples + " rows")
                        + " at each: n = 1. Rows are queries, columns keys; weights run from 0 to 1, and what is grey is masked.");
        return caption;
    }

    private static Sheet sheet(Packed packed, List<String> heads) {
        String label = packed.unit().label();
        String words = "All heads at each step" + (label.isEmpty() ? "" : ", " + label);
        return new Sheet(label, Markup.svg(PatternSheet.svg(words, heads, steps(packed), packed.examples())));
    }

    private static List<String> steps(Packed packed) {
        return packed.unit().shown().stream().map(PatternSeries.Moment::step).toList();
    }

    private static String data(List<Packed> packed, List<String> heads, int first) {
        PackedPatterns.Example one = packed.get(0).examples().get(0);
        return Embedded.json(json -> {
            json.writeStartObject();
            Embedded.strings(json, "heads", heads);
            Embedded.strings(json, "tokens", one.tokens());
            json.writeNumberField("first", first);
            json.writeNumberField("queries", one.queries());
            json.writeNumberField("keys", one.keys());
            json.writeStringField("palette", PatternSheet.palette());
            json.writeArrayFieldStart("units");
            for (Packed each : packed) {
                json.writeStartObject();
                json.writeStringField("label", each.unit().label());
                json.writeStringField("model", each.unit().model());
                Embedded.strings(json, "steps", steps(each));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
