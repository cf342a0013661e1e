/** Steps that compute with the numbers of finished steps alone. */
@NullMarked
package dev.loupe.plan.values;

import org.jspecify.annotations.NullMarked;
