/** The assignment problem. */
@NullMarked
package dev.loupe.matching;

import org.jspecify.annotations.NullMarked;
