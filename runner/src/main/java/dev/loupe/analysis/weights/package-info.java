/** Analyses of weights alone. */
@NullMarked
package dev.loupe.analysis.weights;

import org.jspecify.annotations.NullMarked;
