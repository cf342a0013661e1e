package dev.loupe.result;

import org.jspecify.annotations.Nullable;

/**
 * Numbers with named axes, as a page draws them.
 *
 * @param figure how to draw it; {@link Figure#AUTO} chooses by the axes
 * @param unit "nats", "share of attention", "" for a pure number
 * @param interval absent where the number is exact
 * @param chance absent where nothing was searched
 */
public record Quantity(
        String name,
        String title,
        String doc,
        Figure figure,
        String unit,
        NamedArray estimate,
        @Nullable Interval interval,
        @Nullable NullBand chance)
        implements Artifact {}
