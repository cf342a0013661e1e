/** The experiment spec as pure data: nothing opened, nothing resolved. */
@NullMarked
package dev.loupe.spec.chance;

import org.jspecify.annotations.NullMarked;
