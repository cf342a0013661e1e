/** The seeded, checkpointing trainer and its optimizers. */
@NullMarked
package dev.loupe.train;

import org.jspecify.annotations.NullMarked;
