/** What pictures are made of: SVG, scales, colours, and numbers and labels as readers see them. */
@NullMarked
package dev.loupe.report.draw;

import org.jspecify.annotations.NullMarked;
