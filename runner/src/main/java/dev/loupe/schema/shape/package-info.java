/** How the values of one Java type are written in YAML. */
@NullMarked
package dev.loupe.schema.shape;

import org.jspecify.annotations.NullMarked;
