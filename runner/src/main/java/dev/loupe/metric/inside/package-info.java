/** Metrics of what is inside the model. */
@NullMarked
package dev.loupe.metric.inside;

import org.jspecify.annotations.NullMarked;
