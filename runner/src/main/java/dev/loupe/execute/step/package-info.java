/** The arithmetic of one step each. */
@NullMarked
package dev.loupe.execute.step;

import org.jspecify.annotations.NullMarked;
