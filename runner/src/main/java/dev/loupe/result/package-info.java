/** Typed results with named axes, provenance and their store. Imports nothing of the project but {@code tensors}. */
@NullMarked
package dev.loupe.result;

import org.jspecify.annotations.NullMarked;
