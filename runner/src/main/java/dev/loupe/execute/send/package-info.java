/** Plans, values and rows as bytes, for other machines. */
@NullMarked
package dev.loupe.execute.send;

import org.jspecify.annotations.NullMarked;
