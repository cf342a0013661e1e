package dev.loupe.hook;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One place in one model.
 *
 * @param layer the block, from 0; -1 where the site exists once per model
 */
public record HookPoint(Site site, int layer) implements Comparable<HookPoint> {
    private static final Pattern LAYERED = Pattern.compile("(?:blocks\\.|L)([0-9]{1,9})\\.(.{1,60})");
    private static final Comparator<HookPoint> ORDER =
            Comparator.comparingInt(HookPoint::layer).thenComparing(HookPoint::site);

    public HookPoint {
        if (site.perLayer() ? layer < 0 : layer != -1) {
            throw new IllegalArgumentException(site.canonical()
                    + (site.perLayer() ? " needs a layer from 0, got " : " has no layer, got ")
                    + layer);
        }
    }

    /** A point of a site that exists once per model. */
    public static HookPoint of(Site site) {
        return new HookPoint(site, -1);
    }

    public static HookPoint of(Site site, int layer) {
        return new HookPoint(site, layer);
    }

    /** The full name as TransformerLens writes it ({@code blocks.3.attn.hook_z}). */
    public String name() {
        return site.name(layer);
    }

    /**
     * Understands the full hook name, {@code blocks.3.attn.z} and {@code L3.attn.z} with the canonical spelling,
     * {@code embed}, and TransformerLens' short names ({@code k6}, {@code scale4ln1}, {@code scale}). Empty where the
     * text is none of these; {@link Site#spellings()} has the candidates for a suggestion.
     */
    public static Optional<HookPoint> parse(String text) {
        Matcher m = LAYERED.matcher(text);
        if (m.matches()) {
            Site site = Site.ofSpelling(m.group(2));
            return site != null && site.perLayer()
                    ? Optional.of(new HookPoint(site, Integer.parseInt(m.group(1))))
                    : Optional.empty();
        }
        Site once = Site.ofSpelling(text);
        if (once != null) {
            return once.perLayer() ? Optional.empty() : Optional.of(of(once));
        }
        return Optional.ofNullable(Shorthand.point(text));
    }

    /** Once-per-model points first, then by layer, then in the order of computation. */
    @Override
    public int compareTo(HookPoint other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name();
    }

    /** Whether it comes after all blocks, where a run may have only the positions that are read. */
    public boolean afterBlocks() {
        return !site.perLayer() && site != Site.EMBED && site != Site.POS_EMBED;
    }
}
