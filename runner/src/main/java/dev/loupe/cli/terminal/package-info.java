/** What a terminal shows. */
@NullMarked
package dev.loupe.cli.terminal;

import org.jspecify.annotations.NullMarked;
