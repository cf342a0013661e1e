package dev.loupe.hook;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The short names of TransformerLens' {@code get_act_name}: {@code k6}, {@code scale4ln1}, {@code resid_pre3},
 * {@code attn5} for the pattern, {@code scale} without a layer for the final norm.
 */
final class Shorthand {
    private static final Pattern SHAPE = Pattern.compile("([a-z_]{1,20}?)([0-9]{1,9})([a-z0-9]{0,10})");
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("attn", "pattern"),
            Map.entry("attn_logits", "scores"),
            Map.entry("attn_scores", "scores"),
            Map.entry("key", "k"),
            Map.entry("query", "q"),
            Map.entry("value", "v"),
            Map.entry("mlp_pre", "pre"),
            Map.entry("mlp_mid", "mid"),
            Map.entry("mlp_post", "post"));

    private Shorthand() {}

    static @Nullable Site site(String name) {
        String act = ALIASES.getOrDefault(name, name);
        for (String prefix : new String[] {"", "attn.", "mlp."}) {
            Site site = Site.ofCanonical(prefix + act);
            if (site != null) {
                return site;
            }
        }
        return act.equals("scale") || act.equals("normalized") ? Site.ofCanonical("ln_final." + act) : null;
    }

    static @Nullable HookPoint point(String name) {
        Matcher m = SHAPE.matcher(name);
        if (!m.matches()) {
            Site site = site(name);
            return site != null && !site.perLayer() ? HookPoint.of(site) : null;
        }
        Site site = site(m.group(1), m.group(3));
        return site != null && site.perLayer() ? new HookPoint(site, Integer.parseInt(m.group(2))) : null;
    }

    /** The group after the layer ({@code ln1}, {@code attn}, {@code mlp}) picks among sites of one short name. */
    private static @Nullable Site site(String act, String group) {
        return switch (group) {
            case "" -> site(act);
            case "a", "attn" -> Site.ofCanonical("attn." + ALIASES.getOrDefault(act, act));
            case "m", "mlp" -> Site.ofCanonical("mlp." + ALIASES.getOrDefault(act, act));
            case "b", "block" -> Site.ofCanonical(act);
            default -> Site.ofCanonical(group + "." + act);
        };
    }
}
