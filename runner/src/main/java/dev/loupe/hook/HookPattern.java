package dev.loupe.hook;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A glob over full hook names: {@code *} stands for any characters, {@code ?} for one
 * ({@code blocks.*.attn.hook_z}). The name of a site ({@code attn.z}) stands for its points in every layer. Points that exist only on request are selected only by a pattern that spells out the
 * last part of their name, so that {@code *} stays cheap.
 */
public record HookPattern(String glob) {
    public HookPattern {
        if (glob.isBlank() || glob.length() > 200) {
            throw new IllegalArgumentException("a hook pattern has 1 to 200 characters");
        }
    }

    public boolean matches(HookPoint point) {
        if (point.site() == Site.ofSpelling(glob)) {
            return true;
        }
        return matches(point, point.name()) || matches(point, point.site().canonical());
    }

    private boolean matches(HookPoint point, String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return matches(glob, name) && (!point.site().onRequest() || glob.endsWith(last));
    }

    /** Those of the points that match, in their order. */
    public List<HookPoint> select(Collection<HookPoint> points) {
        List<HookPoint> out = new ArrayList<>();
        for (HookPoint point : points) {
            if (matches(point)) {
                out.add(point);
            }
        }
        return out;
    }

    private static boolean matches(String glob, String text) {
        int g = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                resume = t;
            } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == text.charAt(t))) {
                g++;
                t++;
            } else if (star >= 0) {
                g = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }
}
