/** What an intervention writes. */
@NullMarked
package dev.loupe.intervention.value;

import org.jspecify.annotations.NullMarked;
