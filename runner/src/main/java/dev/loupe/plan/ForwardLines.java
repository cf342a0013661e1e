package dev.loupe.plan;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.edit.Cell;
import dev.loupe.text.Amount;
import dev.loupe.text.Count;
import dev.loupe.text.VisibleText;
import java.util.ArrayList;
import java.util.List;

/** What people are told of a run: which part of the model it is, what it keeps and what it edits. */
final class ForwardLines {
    /** Characters of what a cell edits. */
    private static final int MOST = 1000;

    private ForwardLines() {}

    static List<String> of(Forward f, Lifetimes lifetimes) {
        List<String> lines = new ArrayList<>();
        lines.add(extent(f));
        if (!f.span().from().isEmpty()) {
            lines.add("positions from " + byLength(f, f.span().from()));
        }
        if (!f.span().last().isEmpty()) {
            lines.add("last block for the last " + byLength(f, f.span().last()));
        }
        if (!f.captures().isEmpty()) {
            lines.add("keeps " + captures(f) + (lifetimes.keeps(f) ? " until #" + lifetimes.last(f) + " is over" : ""));
        }
        if (f.logits().wanted()) {
            lines.add("logits " + logits(f.logits()));
        }
        if (!f.clean()) {
            List<Cell> cells = f.cells();
            lines.add("edits " + edits(cells.get(0))
                    + (cells.size() > 1 ? " ... " + edits(cells.get(cells.size() - 1)) : ""));
        }
        return lines;
    }

    private static String extent(Forward f) {
        Site exit = f.exit();
        return "layers " + f.startLayer() + ".." + (f.stopLayer() - 1)
                + (f.entry() == Site.RESID_PRE
                        ? ""
                        : ", the first from " + f.entry().canonical())
                + (exit == null ? "" : ", the last to " + exit.canonical())
                + ", batches of " + Count.of(f.rowsPerBatch(), "row")
                + (f.cellsPerBatch() > 1 ? " x " + f.cellsPerBatch() + " cells" : "")
                + ", " + Amount.of(f.flops(), "FLOP")
                + ", peak " + Amount.of(Memory.batch(f), "B");
    }

    private static String logits(LogitsRead logits) {
        if (logits.at().isEmpty()) {
            return "everywhere" + columns(logits);
        }
        return "at " + logits.at() + (logits.answersOnly() ? ", no others" : "") + columns(logits);
    }

    private static String columns(LogitsRead logits) {
        return logits.answersOnly() && !logits.columns().isEmpty()
                ? ", of ids in " + VisibleText.line(String.join(", ", logits.columns()))
                : "";
    }

    /** Hundreds of patched edges tell nobody anything. */
    private static String edits(Cell cell) {
        String all = VisibleText.line(cell.edits().toString());
        return all.length() <= MOST
                ? all
                : all.substring(0, MOST) + "... (" + Count.of(cell.edits().size(), "edit") + ")";
    }

    /** A number for every length of rows. */
    private static String byLength(Forward f, List<Integer> numbers) {
        List<String> out = new ArrayList<>();
        for (int b = 0; b < numbers.size(); b++) {
            out.add(numbers.get(b) + " of " + f.rows().buckets().get(b).length());
        }
        return String.join(", ", out);
    }

    private static String captures(Forward f) {
        List<String> names =
                f.captures().stream().map(p -> p.name() + shape(p, f)).toList();
        return names.size() <= 4
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, 2)) + ", ... " + names.get(names.size() - 1) + " (" + names.size()
                        + ")";
    }

    private static String shape(HookPoint point, Forward f) {
        return " " + point.site().axes();
    }
}
