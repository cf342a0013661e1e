/** Results as files. */
@NullMarked
package dev.loupe.result.store;

import org.jspecify.annotations.NullMarked;
