/** Running a plan. */
@NullMarked
package dev.loupe.execute.pass;

import org.jspecify.annotations.NullMarked;
