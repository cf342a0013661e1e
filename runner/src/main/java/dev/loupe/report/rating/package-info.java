/** Examples of neurons for people to judge without knowing whose they are, and what their judgements come to. */
@NullMarked
package dev.loupe.report.rating;

import org.jspecify.annotations.NullMarked;
