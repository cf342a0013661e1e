/** Sentences with an answer. */
@NullMarked
package dev.loupe.dataset.prompt;

import org.jspecify.annotations.NullMarked;
