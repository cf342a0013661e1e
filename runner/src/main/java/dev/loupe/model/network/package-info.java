/** Networks without tokens that others trained: a folder with config.json and weights. */
@NullMarked
package dev.loupe.model.network;

import org.jspecify.annotations.NullMarked;
