/** Interventions: one record each, resolved to edits of the plan. */
@NullMarked
package dev.loupe.intervention;

import org.jspecify.annotations.NullMarked;
