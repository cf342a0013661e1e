/** What a step asks of rows, models and earlier results. */
@NullMarked
package dev.loupe.plan.ask;

import org.jspecify.annotations.NullMarked;
