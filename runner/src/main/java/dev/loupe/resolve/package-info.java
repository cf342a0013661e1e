/** From names to things, then from spec to plan. */
@NullMarked
package dev.loupe.resolve;

import org.jspecify.annotations.NullMarked;
