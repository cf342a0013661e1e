package dev.loupe.report.section;

import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.pattern.PackedPatterns;
import dev.loupe.result.AttentionPatterns;
import freemarker.core.TemplateHTMLOutputModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Attention patterns: a contact sheet of every head, and a map of the chosen one with its tokens.
 *
 * @param model whose heads they are; empty where unknown
 * @param columns heads side by side
 * @param heads every head with a small picture of the first example, for readers without scripts
 * @param examples labels of the examples
 * @param data what the viewer draws from: {@link PackedPatterns}
 */
public record AttentionSection(
        String id,
        String title,
        String name,
        String model,
        TemplateHTMLOutputModel doc,
        int columns,
        List<Head> heads,
        List<String> examples,
        List<String> caption,
        String data)
        implements Section {
    public record Head(String name, String picture, String strongest) {}

    @Override
    public String partial() {
        return "attention";
    }

    /** Beyond so many heads pictures are small. */
    private static final int MANY = 48;

    private static final int LONGEST_ROW = 18;

    static final class Kind implements SectionKind<AttentionPatterns> {
        @Override
        public Class<AttentionPatterns> type() {
            return AttentionPatterns.class;
        }

        @Override
        public AttentionSection section(AttentionPatterns patterns, String id, PageDetail detail) {
            PackedPatterns packed = PackedPatterns.of(patterns, detail.attentionBytes());
            List<Head> heads = new ArrayList<>();
            for (int h = 0; h < patterns.heads().size() && !packed.examples().isEmpty(); h++) {
                PackedPatterns.Example first = packed.examples().get(0);
                heads.add(new Head(patterns.heads().get(h), first.picture(h), first.strongest(h)));
            }
            List<String> labels = new ArrayList<>();
            for (int i = 0; i < packed.examples().size(); i++) {
                labels.add("Example " + (i + 1));
            }
            List<String> caption = new ArrayList<>();
            caption.add(
                    "Rows are queries, columns keys; every row sums to 1. Hatched or grey: masked, which is not the same as"
                            + " zero. Weights are shown to 1/254; results.safetensors has them in full.");
            caption.addAll(packed.leftOut());
            return new AttentionSection(
                    id,
                    patterns.title(),
                    patterns.name(),
                    patterns.model(),
                    Markup.markdown(patterns.doc()),
                    columns(patterns.heads()),
                    heads,
                    labels,
                    caption,
                    packed.json(patterns.heads()));
        }

        /** The heads of one layer in one row, of several layers where there are very many heads. */
        private static int columns(List<String> heads) {
            int most = heads.stream()
                    .filter(head -> head.matches("L[0-9]+H[0-9]+"))
                    .collect(java.util.stream.Collectors.groupingBy(
                            head -> head.substring(0, head.indexOf('H')), java.util.stream.Collectors.counting()))
                    .values()
                    .stream()
                    .max(Comparator.naturalOrder())
                    .orElse(8L)
                    .intValue();
            int layers = heads.size() > MANY ? Math.max(1, LONGEST_ROW / most) : 1;
            return Math.max(1, Math.min(most * layers, LONGEST_ROW));
        }
    }
}
