/** Analyses of attention heads. */
@NullMarked
package dev.loupe.analysis.heads;

import org.jspecify.annotations.NullMarked;
