/** How steps are added to a plan while a spec is resolved. */
@NullMarked
package dev.loupe.plan.build;

import org.jspecify.annotations.NullMarked;
