/** What a page says of several models beside each other. */
@NullMarked
package dev.loupe.report.models;

import org.jspecify.annotations.NullMarked;
