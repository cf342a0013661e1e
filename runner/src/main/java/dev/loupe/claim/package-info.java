/** Claims: typed expressions over results, evaluated on estimates and on bootstrap replicates. Data, never code. */
@NullMarked
package dev.loupe.claim;

import org.jspecify.annotations.NullMarked;
