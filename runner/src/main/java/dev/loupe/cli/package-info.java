/** The command line: one class per command. */
@NullMarked
package dev.loupe.cli;

import org.jspecify.annotations.NullMarked;
