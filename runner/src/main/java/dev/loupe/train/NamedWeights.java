package dev.loupe.train;

/** One tensor of a weights file, row-major float32. */
record NamedWeights(String name, long[] shape, float[] values) {}
