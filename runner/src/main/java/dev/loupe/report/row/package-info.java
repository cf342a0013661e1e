/** Numbers with their intervals as one line of a table. */
@NullMarked
package dev.loupe.report.row;

import org.jspecify.annotations.NullMarked;
