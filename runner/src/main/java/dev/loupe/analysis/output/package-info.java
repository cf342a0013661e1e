/** Analyses of what a model says. */
@NullMarked
package dev.loupe.analysis.output;

import org.jspecify.annotations.NullMarked;
