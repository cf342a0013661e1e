/** Feature vectors. */
@NullMarked
package dev.loupe.dataset.features;

import org.jspecify.annotations.NullMarked;
