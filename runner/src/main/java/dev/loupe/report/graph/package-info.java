/** Paths through a network as a layered graph. */
@NullMarked
package dev.loupe.report.graph;

import org.jspecify.annotations.NullMarked;
