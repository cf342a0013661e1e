/** Metrics of next tokens. */
@NullMarked
package dev.loupe.metric.token;

import org.jspecify.annotations.NullMarked;
