/** What finished work leaves on disk, so that it is not done again. */
@NullMarked
package dev.loupe.execute.keep;

import org.jspecify.annotations.NullMarked;
