/** What reads a batch of a run. */
@NullMarked
package dev.loupe.metric.reading;

import org.jspecify.annotations.NullMarked;
