/** The rows of a spec's datasets, drawn once for each vocabulary. */
@NullMarked
package dev.loupe.resolve.rows;

import org.jspecify.annotations.NullMarked;
