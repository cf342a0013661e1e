package dev.loupe.analysis.heads;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.Component;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which heads have which role in a circuit, told by what they do and never by their index: the same role is looked for in
 * every model of a family, and found wherever it is there.
 */
@Named("roles")
@Doc("Assign roles to heads: a head has a role where it meets all conditions of the role on earlier measurements "
        + "of the same model. 1 where a head has the role, else 0; the last role, `circuit`, is any of them. A role "
        + "may have no heads.")
@Example("{roles: {induction: [{by: scores.IND, above: 0.4}]}}")
public record Roles(
        @Doc("The conditions of each role; a head has the role where it meets all of them.")
        Map<String, List<Found>> roles)
        implements HeadAnalysis {
    private static final String ANY = "circuit";

    public Roles {
        roles = new LinkedHashMap<>(roles);
        if (roles.isEmpty() || roles.values().stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("name at least one role, each with at least one condition");
        }
        if (roles.containsKey(ANY)) {
            throw new IllegalArgumentException("`" + ANY + "` is the name for the heads of all roles together");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        Map<String, List<Component>> holders = new LinkedHashMap<>();
        Set<Component> any = new LinkedHashSet<>();
        roles.forEach((role, conditions) -> {
            List<Component> heads = new ArrayList<>(planning.passing(conditions.get(0), ComponentKind.HEAD));
            conditions.forEach(condition -> heads.retainAll(planning.passing(condition, ComponentKind.HEAD)));
            holders.put(role, heads);
            any.addAll(heads);
        });
        holders.put(ANY, List.copyOf(any));
        return new Holders(holders).add(planning);
    }

    /** The heads of each role in one model. */
    record Holders(Map<String, List<Component>> heads) implements ModelComputation {
        @Override
        public NamedArray compute(WeightAccess weights) {
            ModelShape shape = weights.shape();
            double[] out = new double[heads.size() * shape.layers() * shape.heads()];
            int from = 0;
            for (List<Component> holders : heads.values()) {
                for (Component head : holders) {
                    out[from + head.layer() * shape.heads() + head.index()] = 1;
                }
                from += shape.layers() * shape.heads();
            }
            return new NamedArray(axes(shape), out);
        }

        @Override
        public List<Axis> axes(ModelShape shape) {
            return List.of(
                    new Axis("role", List.copyOf(heads.keySet())),
                    Axis.counted("layer", shape.layers()),
                    Axis.counted("head", shape.heads()));
        }

        @Override
        public String label() {
            return "roles " + heads;
        }

        @Override
        public long flops(ModelShape shape) {
            return 0;
        }
    }

    @Override
    public String title() {
        return "Heads by role";
    }

    @Override
    public String formula() {
        StringBuilder text =
                new StringBuilder("1 where a head passes every condition of the role in its own model:\n\n");
        roles.forEach((role, conditions) -> text.append("- **")
                .append(role)
                .append("**: ")
                .append(String.join(
                        ", ", conditions.stream().map(Roles::describe).toList()))
                .append('\n'));
        return text.append("- **").append(ANY).append("**: any of these").toString();
    }

    @Override
    public String formula(String part) {
        List<Found> conditions = roles.get(part);
        return conditions == null
                ? "1 where a head has any role."
                : "1 where a head passes: "
                        + String.join(
                                ", ", conditions.stream().map(Roles::describe).toList());
    }

    private static String describe(Found c) {
        StringBuilder text = new StringBuilder("`").append(c.by()).append('`');
        if (c.above() != null) {
            text.append(" above ").append(c.above());
        }
        if (c.below() != null) {
            text.append(" below ").append(c.below());
        }
        if (c.best() != null) {
            text.append(c.lowest() ? " lowest " : " best ").append(c.best());
        }
        return c.layer() == null
                ? text.toString()
                : text.append(" in layer ").append(c.layer()).toString();
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public String unit() {
        return "1: has the role";
    }

    @Override
    public String parts() {
        return "role";
    }
}
