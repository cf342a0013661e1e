/** What is wrong with a file, and where. */
@NullMarked
package dev.loupe.schema.problem;

import org.jspecify.annotations.NullMarked;
