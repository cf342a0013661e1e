/** Shards of a plan as tasks of Apache Spark: a module of its own, on the class path only where {@code --on} asks for it. */
@NullMarked
package dev.loupe.spark;

import org.jspecify.annotations.NullMarked;
