/** What a record says of its options. */
@NullMarked
package dev.loupe.schema.annotation;

import org.jspecify.annotations.NullMarked;
