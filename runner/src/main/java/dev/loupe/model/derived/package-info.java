/** Networks whose weights are made from those of others. */
@NullMarked
package dev.loupe.model.derived;

import org.jspecify.annotations.NullMarked;
