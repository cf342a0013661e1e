/** Plan rewriting: one exact rule per file. */
@NullMarked
package dev.loupe.optimize;

import org.jspecify.annotations.NullMarked;
