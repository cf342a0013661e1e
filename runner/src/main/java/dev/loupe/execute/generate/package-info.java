/** Continuing a text. */
@NullMarked
package dev.loupe.execute.generate;

import org.jspecify.annotations.NullMarked;
