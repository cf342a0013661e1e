/** What an analysis may ask of the planner. */
@NullMarked
package dev.loupe.analysis.planning;

import org.jspecify.annotations.NullMarked;
