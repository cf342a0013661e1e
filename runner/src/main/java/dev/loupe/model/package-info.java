/** The hooked transformer and the toy models over NDArray, weight readers, weight processing, model cards. */
@NullMarked
package dev.loupe.model;

import org.jspecify.annotations.NullMarked;
