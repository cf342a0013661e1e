/** Directions of an activation's space, as a spec writes them: what interventions write along and metrics read along. */
@NullMarked
package dev.loupe.metric.direction;

import org.jspecify.annotations.NullMarked;
