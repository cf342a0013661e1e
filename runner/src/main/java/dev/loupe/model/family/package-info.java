/** Families of the hub: how their configurations and tensors become ours. */
@NullMarked
package dev.loupe.model.family;

import org.jspecify.annotations.NullMarked;
