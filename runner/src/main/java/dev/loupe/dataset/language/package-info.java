/** An artificial language whose tokens carry labels, with one file for each of its constructs. */
@NullMarked
package dev.loupe.dataset.language;

import org.jspecify.annotations.NullMarked;
