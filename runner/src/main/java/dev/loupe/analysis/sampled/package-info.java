/** What analyses of neurons read: activations at sampled or named positions of rows, kept and shared. */
@org.jspecify.annotations.NullMarked
package dev.loupe.analysis.sampled;
