/** What a run is asked for, and what identifies it. */
@NullMarked
package dev.loupe.execute.request;

import org.jspecify.annotations.NullMarked;
