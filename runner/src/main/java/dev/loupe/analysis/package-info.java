/** Analyses: named measurements of a spec, one record each. */
@NullMarked
package dev.loupe.analysis;

import org.jspecify.annotations.NullMarked;
