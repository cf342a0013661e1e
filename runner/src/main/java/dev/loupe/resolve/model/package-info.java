/** From names of models to what they are, weights unread. */
@NullMarked
package dev.loupe.resolve.model;

import org.jspecify.annotations.NullMarked;
