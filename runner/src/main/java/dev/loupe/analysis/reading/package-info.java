/** Readings that several analyses share. */
@NullMarked
package dev.loupe.analysis.reading;

import org.jspecify.annotations.NullMarked;
