/** What a recipe adds to the loss of a training, beside the answers that are asked for. */
@NullMarked
package dev.loupe.model.recipe;

import org.jspecify.annotations.NullMarked;
