/** Dictionaries of features (sparse autoencoders, transcoders) in the format of SAELens: configuration, weights, arithmetic. */
@NullMarked
package dev.loupe.model.dictionary;

import org.jspecify.annotations.NullMarked;
