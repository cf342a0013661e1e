/** Analyses that find circuits. */
@NullMarked
package dev.loupe.analysis.circuits;

import org.jspecify.annotations.NullMarked;
