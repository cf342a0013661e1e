/** Figures as SVG. */
@NullMarked
package dev.loupe.report.chart;

import org.jspecify.annotations.NullMarked;
