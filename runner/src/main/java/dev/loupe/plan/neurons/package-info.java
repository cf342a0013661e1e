/** Steps about single neurons: their examples, what they write and what they read. */
@NullMarked
package dev.loupe.plan.neurons;

import org.jspecify.annotations.NullMarked;
