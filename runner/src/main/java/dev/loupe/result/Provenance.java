package dev.loupe.result;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Map;

/**
 * Where the numbers come from.
 *
 * @param identity hash of resolved spec, data, weights and our version: equal identities give equal results
 * @param hashes content hashes by kind and name: {@code spec}, {@code weights/induction-2l seed 0}, {@code data/repeats}
 * @param seeds every seed that was drawn from, by its path in the spec
 * @param models what answered, in words, one line each: card, revision, processing, BOS policy
 * @param corpora published corpora that rows were made of, in words, one line each: repository, commit and licence
 * @param facts what a page says of each model beside others; none in runs that were stored before it was asked
 * @param rows the rows that the models read, dataset by dataset; none likewise
 * @param versions loupe, java, djl, pytorch, os
 * @param commit our own commit, with {@code +dirty} when the tree had changes; empty when unknown
 * @param rerun one line that runs it again
 */
public record Provenance(
        String identity,

        @JsonFormat(with = JsonFormat.Feature.WRITE_SORTED_MAP_ENTRIES)
        Map<String, String> hashes,

        @JsonFormat(with = JsonFormat.Feature.WRITE_SORTED_MAP_ENTRIES)
        Map<String, Long> seeds,

        List<String> models,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> corpora,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<ModelFacts> facts,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<RowFacts> rows,

        @JsonFormat(with = JsonFormat.Feature.WRITE_SORTED_MAP_ENTRIES)
        Map<String, String> versions,

        String commit,
        String device,
        String dtype,
        Map<String, Double> secondsPerStage,
        long peakBytes,
        String startedAt,
        String rerun) {
    /** Without facts of models and rows. */
    public Provenance(
            String identity,
            Map<String, String> hashes,
            Map<String, Long> seeds,
            List<String> models,
            List<String> corpora,
            Map<String, String> versions,
            String commit,
            String device,
            String dtype,
            Map<String, Double> secondsPerStage,
            long peakBytes,
            String startedAt,
            String rerun) {
        this(
                identity,
                hashes,
                seeds,
                models,
                corpora,
                List.of(),
                List.of(),
                versions,
                commit,
                device,
                dtype,
                secondsPerStage,
                peakBytes,
                startedAt,
                rerun);
    }
}
