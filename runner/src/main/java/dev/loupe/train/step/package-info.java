/**
 * What decides on a step of a training beside its rows: streams of random numbers, the cross entropy, and what a recipe adds to the
 * pass and to the loss.
 */
@NullMarked
package dev.loupe.train.step;

import org.jspecify.annotations.NullMarked;
