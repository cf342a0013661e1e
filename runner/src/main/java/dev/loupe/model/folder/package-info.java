/** A model on disk. */
@NullMarked
package dev.loupe.model.folder;

import org.jspecify.annotations.NullMarked;
