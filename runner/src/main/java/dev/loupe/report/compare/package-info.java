/** Two or more finished runs beside one another. */
@NullMarked
package dev.loupe.report.compare;

import org.jspecify.annotations.NullMarked;
