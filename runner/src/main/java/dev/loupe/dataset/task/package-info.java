/** Tasks in bare tokens. */
@NullMarked
package dev.loupe.dataset.task;

import org.jspecify.annotations.NullMarked;
