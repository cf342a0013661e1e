/** One batch of a pass, and what reads it. */
@NullMarked
package dev.loupe.execute.batch;

import org.jspecify.annotations.NullMarked;
