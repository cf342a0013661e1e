/** The only package that knows the engine: device, seeds, threads, memory scopes. */
@NullMarked
package dev.loupe.backend;

import org.jspecify.annotations.NullMarked;
