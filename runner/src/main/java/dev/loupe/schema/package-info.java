/** YAML to records with line and column, problems collected, JSON Schema from the same types. */
@NullMarked
package dev.loupe.schema;

import org.jspecify.annotations.NullMarked;
