/** Measurements of measurements: what the results of several models come down to. */
@NullMarked
package dev.loupe.analysis.families;

import org.jspecify.annotations.NullMarked;
