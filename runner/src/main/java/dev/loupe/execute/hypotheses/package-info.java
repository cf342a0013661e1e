/** Hypotheses about neurons: rules of tokens that say where one fires, and how far they hold on text they were not made from. */
@NullMarked
package dev.loupe.execute.hypotheses;

import org.jspecify.annotations.NullMarked;
