/** Tensor files without an engine: safetensors read and written over plain buffers. */
@NullMarked
package dev.loupe.tensors;

import org.jspecify.annotations.NullMarked;
