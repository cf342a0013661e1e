/** The command {@code bench}: what it asks, prints and writes. */
@NullMarked
package dev.loupe.bench.command;

import org.jspecify.annotations.NullMarked;
