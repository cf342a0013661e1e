/** Edits of a batch, as numbers. */
@NullMarked
package dev.loupe.execute.edit;

import org.jspecify.annotations.NullMarked;
