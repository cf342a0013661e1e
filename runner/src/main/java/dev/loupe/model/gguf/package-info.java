/** Models in GGUF files. */
@NullMarked
package dev.loupe.model.gguf;

import org.jspecify.annotations.NullMarked;
