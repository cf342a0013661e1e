/** A plan as text, JSON and DOT. */
@NullMarked
package dev.loupe.explain;

import org.jspecify.annotations.NullMarked;
