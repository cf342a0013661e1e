/** Labels of text: labellers mark spans of characters, and the marks are carried over to the tokens of any tokenizer. */
@NullMarked
package dev.loupe.dataset.label;

import org.jspecify.annotations.NullMarked;
