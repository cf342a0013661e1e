package dev.loupe.optimize;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.RecordedCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A sweep that is read cell by cell, and with path patching the run that records for each of its cells what that cell writes.
 * Whatever is cut from the one is cut from the other, so both are split together.
 *
 * @param recording null where no cell writes what another run recorded
 */
record SweptRun(Forward sweep, @Nullable Forward recording) {
    /** The sweep with what records for it; empty where something else reads one of them, so that neither can be split. */
    static Optional<SweptRun> of(ExecutionPlan plan, Forward sweep) {
        if (sweep.clean() || !readers(plan, sweep).allMatch(ReadRows.class::isInstance)) {
            return Optional.empty();
        }
        List<Integer> recordings = edits(sweep)
                .filter(e -> e.value() instanceof RecordedCell)
                .map(e -> e.value().run())
                .distinct()
                .toList();
        if (recordings.isEmpty()) {
            return Optional.of(new SweptRun(sweep, null));
        }
        Forward recording = plan.forward(recordings.get(0));
        boolean alone = recordings.size() == 1
                && readers(plan, recording).allMatch(sweep::equals)
                && !recording.logits().wanted()
                && edits(recording).allMatch(e -> e.value().local());
        return alone ? Optional.of(new SweptRun(sweep, recording)) : Optional.empty();
    }

    private static Stream<PlanStep> readers(ExecutionPlan plan, Forward forward) {
        return plan.steps().stream().filter(s -> s.inputs().contains(forward.id()));
    }

    private static Stream<Edit> edits(Forward forward) {
        return forward.cells().stream().flatMap(c -> c.edits().stream());
    }

    /** The runs that it is made of. */
    List<Forward> runs() {
        return recording == null ? List.of(sweep) : List.of(recording, sweep);
    }

    /** The cell that records for a cell of the sweep, null where nothing does. */
    @Nullable
    Cell recorded(Cell cell) {
        return recording == null
                ? null
                : recording.cells().stream()
                        .filter(c -> c.index() == cell.index())
                        .findFirst()
                        .orElseThrow();
    }

    /** What a cell of the sweep takes from the one that records for it. */
    static List<HookPoint> taken(Cell cell) {
        return cell.edits().stream()
                .filter(e -> e.value() instanceof RecordedCell)
                .map(Edit::point)
                .distinct()
                .sorted(java.util.Comparator.comparing(HookPoint::name))
                .toList();
    }

    /** Some of its cells, recorded no further than they need. */
    SweptRun part(int sweepId, int recordingId, List<Cell> cells) {
        if (recording == null) {
            return new SweptRun(sweep.part(sweepId, cells), null);
        }
        List<Cell> recorded = new ArrayList<>();
        List<HookPoint> kept = new ArrayList<>();
        for (Cell cell : cells) {
            recorded.add(recorded(cell));
            taken(cell).stream().filter(p -> !kept.contains(p)).forEach(kept::add);
        }
        int stop = Stream.concat(
                        kept.stream(),
                        recorded.stream().flatMap(c -> c.edits().stream()).map(Edit::point))
                .mapToInt(p -> p.layer() + 1)
                .max()
                .orElse(recording.stopLayer());
        Forward first = recording
                .part(recordingId, recorded)
                .with(kept, recording.logits(), Math.min(stop, recording.stopLayer()));
        Forward second = sweep.part(sweepId, cells).renamed(id -> id == recording.id() ? recordingId : id);
        return new SweptRun(second, first);
    }
}
