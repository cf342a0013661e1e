package dev.loupe.cli.run;

import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.SpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The models that a spec names and this machine does not have, where nothing else is wrong with the spec. A name that is near a
 * model that is here is taken for a slip, not for a model that is elsewhere.
 */
final class AbsentModels {
    private static final Pattern NAME = Pattern.compile("no model `([^`]+)` in ");

    private AbsentModels() {}

    /** Their names, each once; none where the spec has another problem too. */
    static List<String> of(SpecException wrong) {
        List<String> names = new ArrayList<>();
        for (Problem problem : wrong.problems()) {
            Matcher name = NAME.matcher(problem.message());
            if (!problem.code().equals("unknown-model") || problem.meant() != null || !name.lookingAt()) {
                return List.of();
            }
            names.add(name.group(1));
        }
        return names.stream().distinct().toList();
    }
}
