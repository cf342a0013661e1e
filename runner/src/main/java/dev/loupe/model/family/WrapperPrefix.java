package dev.loupe.model.family;

import dev.loupe.model.weights.WeightsException;
import dev.loupe.tensors.TensorSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a wrapper put before the name of every tensor: {@code _orig_mod.} by torch.compile, {@code module.} by
 * DataParallel, and whatever a training program calls the model that it holds.
 */
public final class WrapperPrefix {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_.-]{1,200}");

    private WrapperPrefix() {}

    /**
     * @param wanted the names that the tensors should have
     * @return the prefix of all names; empty where there is none
     * @throws WeightsException naming a prefix that stands before some of the names only
     */
    public static String of(TensorSource source, Collection<String> wanted) {
        Set<String> known = Set.copyOf(wanted);
        Map<String, Integer> votes = new TreeMap<>();
        for (String name : source.names()) {
            for (int from = 0; from >= 0; from = name.indexOf('.', from) + 1) {
                if (known.contains(name.substring(from))) {
                    votes.merge(name.substring(0, from), 1, Integer::sum);
                    break;
                }
                if (name.indexOf('.', from) < 0) {
                    break;
                }
            }
        }
        String best = "";
        for (Map.Entry<String, Integer> e : votes.entrySet()) {
            if (e.getValue() > votes.getOrDefault(best, 0)) {
                best = e.getKey();
            }
        }
        if (best.isEmpty() || !SAFE.matcher(best).matches()) {
            return "";
        }
        String prefix = best;
        List<String> without =
                source.names().stream().filter(n -> !n.startsWith(prefix)).toList();
        if (!without.isEmpty()) {
            throw new WeightsException(
                    source.file(),
                    List.of("the prefix '" + prefix + "' is in "
                            + (source.names().size() - without.size()) + " of "
                            + source.names().size() + " tensor names but is missing from " + without.get(0)
                            + (without.size() > 1 ? " and " + (without.size() - 1) + " more" : "")
                            + "; the prefix of a wrapper is removed only if all names have it"));
        }
        return prefix;
    }
}
