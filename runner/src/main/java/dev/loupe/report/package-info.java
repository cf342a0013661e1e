/** From stored results to one HTML page. Imports only {@code result}. */
@NullMarked
package dev.loupe.report;

import org.jspecify.annotations.NullMarked;
