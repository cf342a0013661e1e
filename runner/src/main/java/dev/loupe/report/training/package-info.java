/** What a page says of numbers that were measured along the steps of a training. */
@NullMarked
package dev.loupe.report.training;

import org.jspecify.annotations.NullMarked;
