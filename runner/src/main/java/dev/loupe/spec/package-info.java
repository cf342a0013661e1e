/** The experiment spec as pure data: nothing opened, nothing resolved. */
@NullMarked
package dev.loupe.spec;

import org.jspecify.annotations.NullMarked;
