/** Model cards: what a model is, and how it was made or where it is found. Options with their arithmetic; no files. */
@NullMarked
package dev.loupe.model.card;

import org.jspecify.annotations.NullMarked;
