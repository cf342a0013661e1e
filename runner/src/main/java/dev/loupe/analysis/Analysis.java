package dev.loupe.analysis;

import dev.loupe.analysis.circuits.CircuitAnalysis;
import dev.loupe.analysis.families.FamilyAnalysis;
import dev.loupe.analysis.heads.HeadAnalysis;
import dev.loupe.analysis.neurons.NeuronAnalysis;
import dev.loupe.analysis.output.OutputAnalysis;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.TokenComputation;
import dev.loupe.analysis.toys.ToyAnalysis;
import dev.loupe.analysis.weights.WeightAnalysis;
import dev.loupe.metric.Metric;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Groups;
import java.util.List;

/**
 * What a measurement asks. The groups are the registry: a new analysis is one record (options, documentation, the
 * steps it asks for and its arithmetic), one word here and one test.
 */
@Groups({
    HeadAnalysis.class,
    OutputAnalysis.class,
    WeightAnalysis.class,
    CircuitAnalysis.class,
    ToyAnalysis.class,
    FamilyAnalysis.class,
    NeuronAnalysis.class
})
public interface Analysis {
    /** Adds the steps for one model and returns the id of the step whose value is the result. */
    int plan(AnalysisPlanning planning);

    /** A heading. */
    String title();

    /** Formula and source, Markdown. */
    String formula();

    /** The same for one part. */
    default String formula(String part) {
        return formula();
    }

    String unit();

    /** What its numbers are a reading of where no metric says it: those of one reading stand on one scale. Empty for none. */
    default String reading() {
        return "";
    }

    /** The unit of one of its results: of all the same, unless parts count different things. */
    default String unit(String part) {
        return unit();
    }

    /**
     * On which side of chance a find stands: both where the numbers are signed terms.
     *
     * @param metrics those that it reads, none where it reads none
     */
    Side side(List<Metric> metrics);

    default Figure figure() {
        return Figure.AUTO;
    }

    /** An axis whose labels are results of their own ({@code scores.IND}); empty when there is none. */
    default String parts() {
        return "";
    }

    /** The models of this spec that it runs beside the measured one, by their names. */
    default List<String> beside() {
        return List.of();
    }

    /** The metrics of this spec that it reads, by their names; each is a part of the result where there are several. */
    default List<String> reads() {
        return List.of();
    }

    /** Formula and source of a result that reads a metric, Markdown. */
    default String formula(Metric metric) {
        return metric.formula();
    }

    /** Its unit. */
    default String unit(Metric metric) {
        return metric.unit();
    }

    /** The interventions of this spec that the run has which is read. */
    default List<String> edits() {
        return List.of();
    }

    /** Whether it is measured on rows of a dataset; otherwise it looks at weights alone. */
    default boolean readsRows() {
        return !(this instanceof ModelComputation || this instanceof TokenComputation);
    }

    /** Whether the result is numbers with axes, of which claims can speak. */
    default boolean numbers() {
        return true;
    }

    /** Whether it estimates by gradients what an edit would change. */
    default boolean estimates() {
        return false;
    }

    /** The reading whose terms the numbers are, as its metric labels it; empty where they do not sum to one. */
    default String sumsTo() {
        return "";
    }

    /** Why all of its numbers would be undefined, as far as it knows; empty where it does not. */
    default String whyUndefined() {
        return "";
    }

    /** The same for one part of its result. */
    default String whyUndefined(String part) {
        return whyUndefined();
    }

    /** Whether random circuits can be put in the place of the one that was found. */
    default boolean comparesCircuits() {
        return false;
    }

    /** Whether the result covers many components, so that a find needs a null beside it. */
    default boolean searches() {
        return false;
    }
}
