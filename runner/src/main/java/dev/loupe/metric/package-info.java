/** Metrics: one record each, from activations of a batch to one number per row. */
@NullMarked
package dev.loupe.metric;

import org.jspecify.annotations.NullMarked;
