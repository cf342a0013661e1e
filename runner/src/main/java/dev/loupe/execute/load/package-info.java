/** Models in memory. */
@NullMarked
package dev.loupe.execute.load;

import org.jspecify.annotations.NullMarked;
