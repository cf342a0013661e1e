/** The hooked forward pass over NDArray. */
@NullMarked
package dev.loupe.model.forward;

import org.jspecify.annotations.NullMarked;
