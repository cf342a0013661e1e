package dev.loupe.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Numbers with named axes, row-major. A scalar has no axes and one number. NaN stands for "undefined here" and is
 * carried, never dropped.
 */
public record NamedArray(List<Axis> axes, double[] data) {
    public NamedArray {
        axes = List.copyOf(axes);
        if (sizeOf(axes) != data.length) {
            throw new IllegalArgumentException(
                    "axes " + describe(axes) + " need " + sizeOf(axes) + " numbers, got " + data.length);
        }
        if (Set.copyOf(axes.stream().map(Axis::name).toList()).size() != axes.size()) {
            throw new IllegalArgumentException("an axis name occurs twice: " + describe(axes));
        }
    }

    public static NamedArray scalar(double value) {
        return new NamedArray(List.of(), new double[] {value});
    }

    public static int sizeOf(List<Axis> axes) {
        int n = 1;
        for (Axis axis : axes) {
            n = Math.multiplyExact(n, axis.size());
        }
        return n;
    }

    public int axisIndex(String name) {
        for (int i = 0; i < axes.size(); i++) {
            if (axes.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    public boolean hasAxis(String name) {
        return axisIndex(name) >= 0;
    }

    public Axis axis(String name) {
        int i = axisIndex(name);
        if (i < 0) {
            throw new IllegalArgumentException("no axis '" + name + "' among " + describe(axes));
        }
        return axes.get(i);
    }

    /** The numbers at one index of one axis; that axis disappears. */
    public NamedArray at(String axisName, int index) {
        int k = axisIndex(axisName);
        Axis axis = axis(axisName);
        if (index < 0 || index >= axis.size()) {
            throw new IndexOutOfBoundsException(axisName + " " + index + " of " + axis.size());
        }
        int inner = sizeOf(axes.subList(k + 1, axes.size()));
        int outer = sizeOf(axes.subList(0, k));
        double[] out = new double[outer * inner];
        for (int o = 0; o < outer; o++) {
            System.arraycopy(data, (o * axis.size() + index) * inner, out, o * inner, inner);
        }
        List<Axis> rest = new ArrayList<>(axes);
        rest.remove(k);
        return new NamedArray(rest, out);
    }

    /**
     * Several arrays of equal axes as one with new first axes.
     *
     * @param leading the new axes
     * @param parts one for each combination of their labels, the last axis fastest
     */
    public static NamedArray stack(List<Axis> leading, List<NamedArray> parts) {
        if (parts.isEmpty() || parts.size() != sizeOf(leading)) {
            throw new IllegalArgumentException(
                    describe(leading) + " need " + sizeOf(leading) + " arrays, got " + parts.size());
        }
        List<Axis> inner = parts.get(0).axes();
        double[] out = new double[Math.multiplyExact(parts.size(), sizeOf(inner))];
        for (int i = 0; i < parts.size(); i++) {
            NamedArray part = parts.get(i);
            if (!part.axes().equals(inner)) {
                throw new IllegalArgumentException("cannot stack " + describe(part.axes()) + " on " + describe(inner)
                        + " along " + describe(leading));
            }
            System.arraycopy(part.data(), 0, out, i * part.data().length, part.data().length);
        }
        List<Axis> axes = new ArrayList<>(leading);
        axes.addAll(inner);
        return new NamedArray(axes, out);
    }

    /**
     * The same numbers with the axes in another order.
     *
     * @param order the same axes
     */
    public NamedArray inOrderOf(List<Axis> order) {
        if (order.equals(axes)) {
            return this;
        }
        int[] from = order.stream().mapToInt(axis -> axisIndex(axis.name())).toArray();
        NamedArray out = new NamedArray(order, new double[data.length]);
        for (int i = 0; i < data.length; i++) {
            int[] at = coordinates(i);
            int to = 0;
            for (int k = 0; k < from.length; k++) {
                to = to * order.get(k).size() + at[from[k]];
            }
            out.data[to] = data[i];
        }
        return out;
    }

    /** The position of a flat index on every axis, outermost first. */
    public int[] coordinates(int flat) {
        int[] at = new int[axes.size()];
        for (int i = axes.size() - 1; i >= 0; i--) {
            at[i] = flat % axes.get(i).size();
            flat /= axes.get(i).size();
        }
        return at;
    }

    /** Whether there are numbers and none is defined. */
    public boolean undefined() {
        return data.length > 0 && Arrays.stream(data).allMatch(Double::isNaN);
    }

    public double value() {
        if (data.length != 1) {
            throw new IllegalStateException("not a single number: " + describe(axes));
        }
        return data[0];
    }

    public static String describe(List<Axis> axes) {
        List<String> parts = new ArrayList<>();
        for (Axis axis : axes) {
            parts.add(axis.name() + " " + axis.size());
        }
        return "[" + String.join(", ", parts) + "]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamedArray that && axes.equals(that.axes) && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * axes.hashCode() + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return describe(axes) + (data.length <= 8 ? Arrays.toString(data) : "");
    }
}
