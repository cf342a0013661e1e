/** What determines the weights of a model that is trained here. */
@NullMarked
package dev.loupe.model.identity;

import org.jspecify.annotations.NullMarked;
