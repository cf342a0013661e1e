/** Hook points: one table of site names with named axes, as TransformerLens names them. */
@NullMarked
package dev.loupe.hook;

import org.jspecify.annotations.NullMarked;
