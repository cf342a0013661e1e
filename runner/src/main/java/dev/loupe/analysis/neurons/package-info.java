/** What neurons respond to, over many positions. */
@NullMarked
package dev.loupe.analysis.neurons;

import org.jspecify.annotations.NullMarked;
