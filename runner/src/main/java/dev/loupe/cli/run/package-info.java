/** Commands that run specs, one after another or at each save, and what becomes of them. */
@NullMarked
package dev.loupe.cli.run;

import org.jspecify.annotations.NullMarked;
