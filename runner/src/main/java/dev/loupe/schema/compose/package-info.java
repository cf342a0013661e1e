/** One tree from a file, those it extends, a variant and settings of the command line. */
@NullMarked
package dev.loupe.schema.compose;

import org.jspecify.annotations.NullMarked;
