/** Models that are tables of probabilities: they give logits and have nothing inside. */
@NullMarked
package dev.loupe.model.table;

import org.jspecify.annotations.NullMarked;
