package dev.loupe.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.Scaling;
import dev.loupe.train.step.Noise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An attention-only transformer without norms or biases, written straight over arrays: what the trainer is held against. */
record BareAttention(int layers, int heads, int width, int context, int vocabulary) implements TokenNetwork {
    @Override
    public int classes() {
        return vocabulary;
    }

    @Override
    public ParameterLayout layout() {
        List<ParameterLayout.Slot> slots = new ArrayList<>();
        slots.add(new ParameterLayout.Slot("embed.W_E", vocabulary, width));
        slots.add(new ParameterLayout.Slot("pos_embed.W_pos", context, width));
        int head = width / heads;
        for (int l = 0; l < layers; l++) {
            for (String name : List.of("W_Q", "W_K", "W_V")) {
                slots.add(new ParameterLayout.Slot("blocks." + l + ".attn." + name, heads, width, head));
            }
            slots.add(new ParameterLayout.Slot("blocks." + l + ".attn.W_O", heads, head, width));
        }
        slots.add(new ParameterLayout.Slot("unembed.W_U", width, vocabulary));
        return new ParameterLayout(slots);
    }

    @Override
    public float[] initial(long seed) {
        Map<String, float[]> named = new HashMap<>();
        for (ParameterLayout.Slot slot : layout().slots()) {
            named.put(slot.name(), Noise.of(seed, slot.name(), 0).normal(slot.size(), 0.8 / Math.sqrt(width)));
        }
        return layout().join(named);
    }

    @Override
    public NDArray logits(Map<String, NDArray> parameters, NDArray tokens, HookVisitor visitor) {
        NDManager scope = tokens.getManager();
        long instances = tokens.getShape().get(0);
        long rows = tokens.getShape().get(1);
        long length = tokens.getShape().get(2);
        int head = width / heads;
        NDArray oneHot = tokens.oneHot(vocabulary, DataType.FLOAT32).reshape(instances, rows * length, vocabulary);
        NDArray positions =
                parameters.get("pos_embed.W_pos").get(":, :" + length).expandDims(1);
        NDArray x = oneHot.matMul(parameters.get("embed.W_E"))
                .reshape(instances, rows, length, width)
                .add(positions)
                .reshape(instances, rows * length, width);
        NDArray ahead =
                scope.arange(length).reshape(1, length).gt(scope.arange(length).reshape(length, 1));
        NDArray mask = ahead.toType(DataType.FLOAT32, false).mul(-1e9f);
        for (int l = 0; l < layers; l++) {
            String block = "blocks." + l + ".attn.";
            NDArray q = project(x, parameters.get(block + "W_Q"), instances, rows, length);
            NDArray k = project(x, parameters.get(block + "W_K"), instances, rows, length);
            NDArray v = project(x, parameters.get(block + "W_V"), instances, rows, length);
            NDArray pattern = Scaling.times(q, 1 / Math.sqrt(head))
                    .matMul(k.swapAxes(2, 3))
                    .add(mask)
                    .softmax(-1);
            NDArray z = pattern.matMul(v).transpose(0, 2, 1, 3).reshape(instances, rows * length, width);
            NDArray out = parameters.get(block + "W_O").reshape(instances, width, width);
            x = x.add(z.matMul(out));
        }
        return x.matMul(parameters.get("unembed.W_U")).reshape(instances, rows, length, vocabulary);
    }

    private NDArray project(NDArray x, NDArray weight, long instances, long rows, long length) {
        NDArray joined = weight.transpose(0, 2, 1, 3).reshape(instances, width, width);
        return x.matMul(joined)
                .reshape(instances * rows, length, heads, width / heads)
                .transpose(0, 2, 1, 3);
    }
}
