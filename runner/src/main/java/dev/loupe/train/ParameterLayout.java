package dev.loupe.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named parameters laid end to end in one flat array [instance, parameter]. One array means that an optimizer update is
 * a dozen operations whatever the number of parameters; for tiny models the calls, not the arithmetic, are the cost.
 *
 * @param slots the parameters in order, with their shapes without the instance axis
 */
public record ParameterLayout(List<Slot> slots) {
    /** One parameter: name and shape of one instance. */
    public record Slot(String name, List<Long> shape) {
        public Slot(String name, long... shape) {
            this(name, Arrays.stream(shape).boxed().toList());
        }

        public Slot {
            shape = List.copyOf(shape);
        }

        public int size() {
            return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
        }

        /** Weight decay acts on matrices, never on biases, gains and other vectors. */
        boolean decays() {
            return shape.size() >= 2 && !name.contains(".b_") && !name.startsWith("b_");
        }

        private Shape withInstances(long instances) {
            long[] full = new long[shape.size() + 1];
            full[0] = instances;
            for (int i = 0; i < shape.size(); i++) {
                full[i + 1] = shape.get(i);
            }
            return new Shape(full);
        }
    }

    public ParameterLayout {
        slots = List.copyOf(slots);
        long names = slots.stream().map(Slot::name).distinct().count();
        if (names != slots.size() || slots.isEmpty()) {
            throw new IllegalArgumentException("parameters need distinct names: " + slots);
        }
    }

    /** Numbers per instance. */
    public int size() {
        return slots.stream().mapToInt(Slot::size).reduce(0, Math::addExact);
    }

    /** Views of the flat array by name, each [instance, ...shape]; gradients flow back into the flat array. */
    public Map<String, NDArray> split(NDArray flat) {
        long instances = flat.getShape().get(0);
        long[] bounds = new long[slots.size() - 1];
        int at = 0;
        for (int i = 0; i < bounds.length; i++) {
            at += slots.get(i).size();
            bounds[i] = at;
        }
        NDList parts = bounds.length == 0 ? new NDList(flat) : flat.split(bounds, 1);
        Map<String, NDArray> named = new LinkedHashMap<>();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            named.put(slot.name(), parts.get(i).reshape(slot.withInstances(instances)));
        }
        return named;
    }

    /** The numbers of one instance from its named parameters, in order. */
    public float[] join(Map<String, float[]> named) {
        float[] flat = new float[size()];
        int at = 0;
        for (Slot slot : slots) {
            float[] part = named.get(slot.name());
            if (part == null || part.length != slot.size()) {
                throw new IllegalArgumentException("parameter " + slot.name() + " needs " + slot.size()
                        + " numbers, got " + (part == null ? "none" : part.length));
            }
            System.arraycopy(part, 0, flat, at, part.length);
            at += part.length;
        }
        return flat;
    }

    /** 1 where weight decay acts, 0 elsewhere: [parameter]. */
    public float[] decayMask() {
        float[] mask = new float[size()];
        int at = 0;
        for (Slot slot : slots) {
            if (slot.decays()) {
                Arrays.fill(mask, at, at + slot.size(), 1f);
            }
            at += slot.size();
        }
        return mask;
    }

    /** Each parameter with its instances on a leading axis, from [instance, parameter]. */
    List<NamedWeights> export(float[] flat) {
        int instances = flat.length / size();
        List<NamedWeights> out = new ArrayList<>();
        int at = 0;
        for (Slot slot : slots) {
            float[] values = new float[instances * slot.size()];
            for (int i = 0; i < instances; i++) {
                System.arraycopy(flat, i * size() + at, values, i * slot.size(), slot.size());
            }
            out.add(new NamedWeights(slot.name(), slot.withInstances(instances).getShape(), values));
            at += slot.size();
        }
        return out;
    }

    /** Start of every parameter in the flat array, by name. */
    public List<Integer> offsets() {
        List<Integer> offsets = new ArrayList<>();
        int at = 0;
        for (Slot slot : slots) {
            offsets.add(at);
            at += slot.size();
        }
        return offsets;
    }
}
