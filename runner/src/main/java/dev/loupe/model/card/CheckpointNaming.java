package dev.loupe.model.card;

import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.shape.IntRange;
import java.util.List;
import java.util.stream.Collectors;

/** Where the checkpoints of a public model lie. */
@Doc("Where the checkpoints of a public model are found")
@Example("{in: revision, pattern: \"step{step}\", steps: [0, 1, 512, 1000..143000 by 1000]}")
public record CheckpointNaming(
        @Doc("What the pattern names") Place in,
        @Doc("The name, with {step} in place of the step") String pattern,
        @Doc("The steps of the published checkpoints") List<StepRange> steps) {

    /** What holds one checkpoint. */
    public enum Place {
        @Doc("A branch or tag of the repository")
        REVISION,
        @Doc("A file of the repository")
        FILE
    }

    public CheckpointNaming {
        steps = List.copyOf(steps);
        if (!pattern.contains("{step}")) {
            throw new IllegalArgumentException("`pattern` must contain {step}");
        }
    }

    /** The branch, tag or file of a step. */
    public String at(int step) {
        return pattern.replace("{step}", Integer.toString(step));
    }

    /** Every step, ascending. */
    public List<Integer> all() {
        return steps.stream()
                .flatMap(range -> range.all().boxed())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * The steps that were asked for: each single one must exist, a range takes what lies in it.
     *
     * @param model its name, for the message
     * @throws IllegalArgumentException naming the nearest steps that exist
     */
    public List<Integer> chosen(List<IntRange> wanted, String model) {
        String written = steps.stream().map(StepRange::toString).collect(Collectors.joining(", "));
        return new CheckpointSteps(model, all(), written).chosen(wanted);
    }
}
