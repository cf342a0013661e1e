/** What others published on a hub besides models, as a card describes it: corpora and dictionaries of features. */
@NullMarked
package dev.loupe.model.published;

import org.jspecify.annotations.NullMarked;
