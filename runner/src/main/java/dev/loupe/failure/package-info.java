/**
 * Failures by owner: what the user wrote, what surrounds the program, or a wish to stop. Anything else that is thrown is
 * our own fault. Imports nothing of the project, so that every package can name the owner of what it found wrong.
 */
@NullMarked
package dev.loupe.failure;

import org.jspecify.annotations.NullMarked;
