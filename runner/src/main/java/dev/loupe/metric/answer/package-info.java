/** Metrics of a row's answer. */
@NullMarked
package dev.loupe.metric.answer;

import org.jspecify.annotations.NullMarked;
