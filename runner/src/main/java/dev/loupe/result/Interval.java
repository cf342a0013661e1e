package dev.loupe.result;

/**
 * An interval beside every number of an estimate (same axes).
 *
 * @param level coverage, 0.95
 * @param method in words, shown in captions: "percentile bootstrap over 256 rows, 1000 resamples, seed 7"
 * @param n how many independent rows stand behind it
 */
public record Interval(NamedArray low, NamedArray high, double level, String method, int n) {}
