/** Networks without tokens. */
@NullMarked
package dev.loupe.model.toy;

import org.jspecify.annotations.NullMarked;
