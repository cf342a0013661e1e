/** Dataset generators: one record each with options, documentation, example and its draw. */
@NullMarked
package dev.loupe.dataset;

import org.jspecify.annotations.NullMarked;
