package dev.loupe.dataset;

/**
 * What a draw of rows depends on besides a generator's own options. Equal draws give equal rows.
 *
 * @param vocabulary how many token ids the model reads
 * @param rows how many rows
 * @param seed the seed of this draw; a trainer derives one per step
 */
public record Draw(int vocabulary, int rows, long seed) {}
