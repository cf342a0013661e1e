/** Work of a plan on other machines: which pieces go there, what they need, and how what they give comes back. */
@NullMarked
package dev.loupe.execute.shards;

import org.jspecify.annotations.NullMarked;
