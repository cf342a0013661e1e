/** The architecture of a transformer, in TransformerLens' field names. */
@NullMarked
package dev.loupe.model.config;

import org.jspecify.annotations.NullMarked;
