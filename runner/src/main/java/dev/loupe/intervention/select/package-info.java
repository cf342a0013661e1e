/** Which components and positions an intervention touches. */
@NullMarked
package dev.loupe.intervention.select;

import org.jspecify.annotations.NullMarked;
