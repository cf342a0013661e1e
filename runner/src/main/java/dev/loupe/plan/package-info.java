/** The execution plan: an immutable graph of steps, checks and costs. Pure data. */
@NullMarked
package dev.loupe.plan;

import org.jspecify.annotations.NullMarked;
