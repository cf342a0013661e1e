/** Models from the hub: its protocol, and its cache on disk as the Python tools share it. */
@NullMarked
package dev.loupe.hub;

import org.jspecify.annotations.NullMarked;
