/** Random tokens of which some return. */
@NullMarked
package dev.loupe.dataset.repeats;

import org.jspecify.annotations.NullMarked;
