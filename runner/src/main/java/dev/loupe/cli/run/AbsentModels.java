package dev.loupe.cli.run;

import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.SpecException;
import java.util.ArrayList;
import java.util.List;

/**
 * The models that a spec names and this machine does not have, where nothing else is wrong with the spec. A name that is near a
 * model that is here is taken for a slip, not for a model that is elsewhere.
 */
final class AbsentModels {
    private AbsentModels() {}

    /** Their names, each once; none where the spec has another problem too. */
    static List<String> of(SpecException wrong) {
        List<String> names = new ArrayList<>();
        for (Problem problem : wrong.problems()) {
            String name = problem.absent();
            if (name == null) {
                return List.of();
            }
            names.add(name);
        }
        return names.stream().distinct().toList();
    }
}
