/** Measurements of our own speed, as ratios against something plain that runs in the same process. Never tests. */
@NullMarked
package dev.loupe.bench;

import org.jspecify.annotations.NullMarked;
