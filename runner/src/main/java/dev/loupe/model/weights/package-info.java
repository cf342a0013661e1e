/** Weights by TransformerLens' names, and their processing. */
@NullMarked
package dev.loupe.model.weights;

import org.jspecify.annotations.NullMarked;
