/** From values of steps to results, claims and the answer. */
@NullMarked
package dev.loupe.execute.outcome;

import org.jspecify.annotations.NullMarked;
