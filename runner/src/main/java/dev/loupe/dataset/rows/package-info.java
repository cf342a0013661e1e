/** Rows of tokens and how they are drawn. */
@NullMarked
package dev.loupe.dataset.rows;

import org.jspecify.annotations.NullMarked;
