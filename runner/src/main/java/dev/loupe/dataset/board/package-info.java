/** Board games whose state is known after every move, for models that see the moves alone. */
@NullMarked
package dev.loupe.dataset.board;

import org.jspecify.annotations.NullMarked;
