/** Documents as units of a sample: which are equal, which select and which test. */
@NullMarked
package dev.loupe.execute.documents;

import org.jspecify.annotations.NullMarked;
