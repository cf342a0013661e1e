/** Attention patterns, made small enough for a page. */
@NullMarked
package dev.loupe.report.pattern;

import org.jspecify.annotations.NullMarked;
