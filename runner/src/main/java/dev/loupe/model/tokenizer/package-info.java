/** Tokenizers as model folders have them. */
@NullMarked
package dev.loupe.model.tokenizer;

import org.jspecify.annotations.NullMarked;
