/** Writes into a forward pass, as data. */
@NullMarked
package dev.loupe.plan.edit;

import org.jspecify.annotations.NullMarked;
