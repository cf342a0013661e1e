/** The keywords of the spec language, its cards and the commands, as reference pages. */
@NullMarked
package dev.loupe.cli.reference;

import org.jspecify.annotations.NullMarked;
