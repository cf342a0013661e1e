/** Runs plans: residency of tensors, progress, cancel, resume. */
@NullMarked
package dev.loupe.execute;

import org.jspecify.annotations.NullMarked;
