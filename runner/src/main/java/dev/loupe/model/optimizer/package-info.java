/** The optimizers that a recipe can name, as a card says them. */
@NullMarked
package dev.loupe.model.optimizer;

import org.jspecify.annotations.NullMarked;
