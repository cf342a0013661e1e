/** Analyses of networks without tokens. */
@NullMarked
package dev.loupe.analysis.toys;

import org.jspecify.annotations.NullMarked;
