/** Numbers of single rows, from which estimates and resamples are made. */
@NullMarked
package dev.loupe.result.sample;

import org.jspecify.annotations.NullMarked;
