/** Parts of the page. */
@NullMarked
package dev.loupe.report.section;

import org.jspecify.annotations.NullMarked;
