/** Texts and ids as they are. */
@NullMarked
package dev.loupe.dataset.given;

import org.jspecify.annotations.NullMarked;
