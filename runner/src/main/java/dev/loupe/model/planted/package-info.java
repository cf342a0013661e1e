/** Models whose weights are set by hand, so that the truth is known. */
@NullMarked
package dev.loupe.model.planted;

import org.jspecify.annotations.NullMarked;
