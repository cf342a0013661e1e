/** How far long work is, and the wish to stop it. */
@NullMarked
package dev.loupe.progress;

import org.jspecify.annotations.NullMarked;
