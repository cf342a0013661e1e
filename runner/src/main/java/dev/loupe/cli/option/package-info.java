/** Options that several commands share. */
@NullMarked
package dev.loupe.cli.option;

import org.jspecify.annotations.NullMarked;
