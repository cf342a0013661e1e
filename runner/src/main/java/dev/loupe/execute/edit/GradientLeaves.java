package dev.loupe.execute.edit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.forward.Captures;
import dev.loupe.model.forward.HookVisitor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds a zero at every point where a gradient is wanted: gradients exist on leaves only, and the sum leaves the forward pass
 * as it is. It can start the pass from another embedding.
 */
public final class GradientLeaves implements HookVisitor {
    private final Set<HookPoint> wanted;
    private final @Nullable Captures kept;
    private final @Nullable NDArray start;
    private final NDManager scope;
    private final Map<HookPoint, NDArray> leaves = new LinkedHashMap<>();

    /**
     * @param kept takes activations of the same pass, null for none
     * @param start the embedding in place of the tokens', null for theirs
     * @param scope outlives the backward pass
     */
    public GradientLeaves(List<HookPoint> wanted, @Nullable Captures kept, @Nullable NDArray start, NDManager scope) {
        this.wanted = new HashSet<>(wanted);
        this.kept = kept;
        this.start = start;
        this.scope = scope;
    }

    @Override
    public boolean wants(HookPoint point) {
        return wanted.contains(point)
                || (kept != null && kept.wants(point))
                || (start != null && point.site() == Site.EMBED);
    }

    @Override
    public NDArray visit(HookPoint point, NDArray value) {
        NDArray out = start != null && point.site() == Site.EMBED ? start : value;
        if (kept != null && kept.wants(point)) {
            kept.visit(point, out);
        }
        if (!wanted.contains(point)) {
            return out;
        }
        NDArray leaf = scope.zeros(out.getShape(), out.getDataType());
        leaf.setRequiresGradient(true);
        leaves.put(point, leaf);
        return out.add(leaf);
    }

    @Override
    public void replaced(HookPoint point, NDArray value) {
        if (kept != null) {
            kept.replaced(point, value);
        }
    }

    /** After the backward pass. */
    public Map<HookPoint, NDArray> gradients() {
        if (leaves.size() < wanted.size()) {
            Set<HookPoint> silent = new HashSet<>(wanted);
            silent.removeAll(leaves.keySet());
            throw new IllegalStateException("the run never reached " + silent);
        }
        Map<HookPoint, NDArray> out = new HashMap<>();
        leaves.forEach((point, leaf) -> {
            NDArray gradient = leaf.getGradient();
            gradient.attach(scope);
            out.put(point, gradient);
        });
        return out;
    }
}
