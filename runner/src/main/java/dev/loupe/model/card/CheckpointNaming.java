package dev.loupe.model.card;

import dev.loupe.schema.Doc;
import dev.loupe.schema.Example;
import java.util.List;

/** Where the checkpoints of a public model lie. */
@Doc("Where the checkpoints of a public model lie")
@Example("{in: revision, pattern: \"step{step}\", steps: [0, 1, 512, 143000]}")
public record CheckpointNaming(
        @Doc("What the pattern names") Place in,
        @Doc("The name, with {step} where the step stands") String pattern,
        @Doc("The steps that were kept") List<Integer> steps) {

    /** What holds one checkpoint. */
    public enum Place {
        @Doc("A branch or tag of the repository")
        REVISION,
        @Doc("A file or folder of the repository")
        FILE
    }

    public CheckpointNaming {
        steps = List.copyOf(steps);
        if (!pattern.contains("{step}")) {
            throw new IllegalArgumentException("`pattern` must hold {step}");
        }
    }

    /** The branch, tag, file or folder of a step. */
    public String at(int step) {
        return pattern.replace("{step}", Integer.toString(step));
    }
}
