/**
 * Text on its way to a person: nothing in it hides, moves the cursor or turns the writing around, and lines break between
 * words. Imports nothing of the project, so that every package can show what it was given.
 */
@NullMarked
package dev.loupe.text;

import org.jspecify.annotations.NullMarked;
