/** YAML as a tree that knows where each node was written. */
@NullMarked
package dev.loupe.schema.yaml;

import org.jspecify.annotations.NullMarked;
