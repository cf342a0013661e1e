/** Statistics of how numbers are distributed. Plain numbers, no tensors. */
@NullMarked
package dev.loupe.execute.statistics;

import org.jspecify.annotations.NullMarked;
