/** Arithmetic of statistics of neurons: ranks, areas under curves and their nulls. Plain numbers, no tensors. */
@NullMarked
package dev.loupe.execute.neurons;

import org.jspecify.annotations.NullMarked;
