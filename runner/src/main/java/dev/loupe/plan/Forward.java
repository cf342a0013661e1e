package dev.loupe.plan;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.BatchSize;
import dev.loupe.plan.ask.Batching;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.Resumption;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.RunExtent;
import dev.loupe.plan.ask.Span;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.result.Axis;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a model over rows, once for every cell of a sweep.
 *
 * @param load the step that makes the model available
 * @param model that model
 * @param cells what is edited; a lone {@link Cell#CLEAN} for a clean run
 * @param captures activations that later steps read
 * @param logits logits that later steps read
 * @param extent which part of the model it computes, and from what
 * @param batch how many rows and cells run at once
 */
public record Forward(
        int id,
        int load,
        ModelRef model,
        RowsRef rows,
        List<Cell> cells,
        List<HookPoint> captures,
        LogitsRead logits,
        RunExtent extent,
        BatchSize batch)
        implements PlanStep {
    private static final Set<Site> AFTER_BLOCKS =
            EnumSet.of(Site.LN_FINAL_SCALE, Site.LN_FINAL_NORMALIZED, Site.UNEMBED_IN, Site.UNEMBED_OUT);

    public Forward {
        cells = List.copyOf(cells);
        captures = List.copyOf(captures);
    }

    /** Of every layer and position, as a spec asks for it before any rule: as many rows a batch as what is read allows. */
    public static Forward whole(
            int id,
            int load,
            ModelRef model,
            RowsRef rows,
            List<Cell> cells,
            List<HookPoint> captures,
            LogitsRead logits) {
        RunExtent extent = RunExtent.upTo(model.shape().layers());
        BatchSize batch = new BatchSize(Batching.rows(model.shape(), rows, logits), 1);
        return new Forward(id, load, model, rows, cells, captures, logits, extent, batch);
    }

    public int startLayer() {
        return extent.startLayer();
    }

    public Site entry() {
        return extent.entry();
    }

    public int resumeFrom() {
        return extent.resumeFrom();
    }

    public int stopLayer() {
        return extent.stopLayer();
    }

    public Span span() {
        return extent.span();
    }

    public int rowsPerBatch() {
        return batch.rows();
    }

    public int cellsPerBatch() {
        return batch.cells();
    }

    public boolean clean() {
        return cells.equals(List.of(Cell.CLEAN));
    }

    /** Whether the final normalisation and the unembedding run. */
    public boolean unembeds() {
        return logits.wanted() || captures.stream().anyMatch(p -> AFTER_BLOCKS.contains(p.site()));
    }

    @Override
    public List<Integer> inputs() {
        List<Integer> in = new ArrayList<>();
        in.add(load);
        if (resumeFrom() >= 0) {
            in.add(resumeFrom());
        }
        for (Cell cell : cells) {
            for (Edit edit : cell.edits()) {
                for (int from : edit.inputs()) {
                    if (!in.contains(from)) {
                        in.add(from);
                    }
                }
            }
        }
        return in;
    }

    @Override
    public Forward renamed(IntUnaryOperator names) {
        List<Cell> renamed = new ArrayList<>(cells.size());
        for (Cell cell : cells) {
            List<Edit> edits = new ArrayList<>(cell.edits().size());
            for (Edit edit : cell.edits()) {
                edits.add(edit.renamed(names));
            }
            renamed.add(new Cell(cell.index(), edits));
        }
        return new Forward(
                names.applyAsInt(id),
                names.applyAsInt(load),
                model,
                rows,
                renamed,
                captures,
                logits,
                extent.renamed(names),
                batch);
    }

    /** Whether it touches or keeps what comes after the blocks, where a run may have only the positions that are read. */
    public boolean seesAfterBlocks() {
        return captures.stream().anyMatch(p -> AFTER_BLOCKS.contains(p.site()))
                || cells.stream()
                        .flatMap(c -> c.edits().stream())
                        .anyMatch(e -> AFTER_BLOCKS.contains(e.point().site()));
    }

    /** The first layer whose activations it keeps, the number of layers where it keeps none of them. */
    public int firstCapture() {
        return captures.stream()
                .filter(p -> !AFTER_BLOCKS.contains(p.site()))
                .mapToInt(HookPoint::layer)
                .min()
                .orElse(model.shape().layers());
    }

    /** Where in its last block it can stop, since it reads and edits nothing after that; null for the end of the block. */
    public @Nullable Site exit() {
        int last = stopLayer() - 1;
        if (unembeds() || model.shape().attentionOnly() || stopLayer() == startLayer()) {
            return null;
        }
        List<Site> used = Stream.of(
                        captures.stream(),
                        own().stream(),
                        cells.stream().flatMap(cell -> cell.edits().stream()).map(Edit::point))
                .flatMap(points -> points)
                .filter(point -> point.site().perLayer() && point.layer() == last)
                .map(HookPoint::site)
                .toList();
        if (used.isEmpty()) {
            return Site.RESID_MID;
        }
        boolean whole = used.stream().anyMatch(site -> Resumption.after(site) == null);
        return whole ? null : Resumption.after(Collections.max(used));
    }

    /** Only the cells with these indices, each with its new index. */
    public Forward keeping(Map<Integer, Integer> indices) {
        List<Cell> kept = cells.stream()
                .filter(cell -> indices.containsKey(cell.index()))
                .map(cell -> new Cell(indices.getOrDefault(cell.index(), 0), cell.edits()))
                .toList();
        return part(id, kept);
    }

    /** The same run in batches of so many cells. */
    public Forward inBatchesOf(int newCellsPerBatch) {
        return in(extent, new BatchSize(rowsPerBatch(), newCellsPerBatch));
    }

    /** The same run in batches of so many rows. */
    public Forward inBatchesOfRows(int newRowsPerBatch) {
        return in(extent, new BatchSize(newRowsPerBatch, cellsPerBatch()));
    }

    public Forward with(List<HookPoint> newCaptures, LogitsRead newLogits, int newStopLayer) {
        RunExtent part = extent.stoppingAt(newStopLayer);
        return new Forward(id, load, model, rows, cells, newCaptures, newLogits, part, batch);
    }

    /** Some of its cells as a run of their own. */
    public Forward part(int newId, List<Cell> newCells) {
        return new Forward(newId, load, model, rows, newCells, captures, logits, extent, batch);
    }

    /** The same run, taken up from another. */
    public Forward resuming(int base, int layer, Site newEntry) {
        return in(extent.resuming(base, layer, newEntry), batch);
    }

    /** The same run of other positions, those that are left out being as in {@code base}. */
    public Forward spanning(Span newSpan, int base) {
        return in(extent.spanning(newSpan, base), batch);
    }

    private Forward in(RunExtent newExtent, BatchSize newBatch) {
        return new Forward(id, load, model, rows, cells, captures, logits, newExtent, newBatch);
    }

    /** Activations of this run itself that its edits read. */
    public List<HookPoint> own() {
        return cells.stream()
                .flatMap(cell -> cell.edits().stream())
                .flatMap(edit -> edit.value().own().stream())
                .distinct()
                .toList();
    }

    /** What it takes from the run that it resumes. */
    public List<HookPoint> needed() {
        if (resumeFrom() < 0) {
            return List.of();
        }
        List<HookPoint> points = new ArrayList<>();
        if (startLayer() > 0 || entry() != Site.RESID_PRE) {
            Resumption.sites(entry()).forEach(site -> points.add(HookPoint.of(site, startLayer())));
        }
        for (HookPoint sender : own()) {
            boolean skipped = sender.layer() < startLayer()
                    || (sender.layer() == startLayer() && sender.site().compareTo(entry()) < 0);
            if (skipped && startLayer() > 0 && !points.contains(sender)) {
                points.add(sender);
            }
        }
        if (!span().from().isEmpty()) {
            for (int layer = startLayer(); layer < stopLayer(); layer++) {
                for (Site site : List.of(Objects.requireNonNull(model.shape().keys()), Site.V)) {
                    if (!points.contains(HookPoint.of(site, layer))) {
                        points.add(HookPoint.of(site, layer));
                    }
                }
            }
        }
        return points;
    }

    @Override
    public String describe() {
        String run = clean() ? "forward" : "forward, " + Count.of(cells.size(), "edit", "cells");
        return run + " of " + model.label() + " on " + rows.name() + " (" + Count.of(rows.rows(), "row") + ")";
    }

    @Override
    public Turn turn() {
        return Turn.WITH_OTHERS;
    }

    @Override
    public long flops() {
        return Cost.flops(this);
    }

    /** Operations of its blocks before a layer, each as a whole, and of its edits. */
    public long flopsBefore(int layer) {
        return Cost.before(this, layer);
    }

    @Override
    public List<ModelRef> models() {
        return List.of(model);
    }

    @Override
    public long bytes() {
        return Memory.resident(this);
    }

    @Override
    public @Nullable List<Axis> axes(IntFunction<PlanStep> steps) {
        return null;
    }

    @Override
    public boolean samplesRows() {
        return true;
    }

    @Override
    public void check(EarlierSteps earlier) {
        earlier.loads(this, load, model);
        ForwardCheck.check(this, earlier);
    }

    @Override
    public List<String> lines(Lifetimes lifetimes) {
        return ForwardLines.of(this, lifetimes);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.forward(this);
    }
}
