/** What a report of a fault needs to say of the surroundings, and what is missing in them. */
@NullMarked
package dev.loupe.doctor;

import org.jspecify.annotations.NullMarked;
