package dev.loupe.plan.ask;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.schema.problem.DidYouMean;

/** A site as a spec writes it; other spellings of the field are understood and resolve to the canonical one. */
public record SiteName(Site site) {
    public static SiteName parse(String text) {
        Site site = Site.ofSpelling(text.replaceFirst("^blocks\\.\\*\\.", ""));
        // Of the last words of hook names only these two belong to more than one site.
        if (site == null && text.startsWith("hook_") && !text.matches("hook_(scale|normalized)")) {
            site = Site.ofSpelling(text.substring("hook_".length()));
        }
        if (site == null) {
            HookPoint one = HookPoint.parse(text).orElse(null);
            if (one != null) {
                throw new IllegalArgumentException("`" + text + "` is "
                        + one.site().canonical() + " of layer "
                        + one.layer() + " alone: write `" + one.site().canonical() + "` with `layers: [" + one.layer()
                        + "]`");
            }
            String near = DidYouMean.to(text, Site.spellings());
            throw new IllegalArgumentException("there is no hook point `" + text + "`"
                    + (near == null ? "; `loupe list` prints all of them" : "; did you mean `" + near + "`?"));
        }
        return new SiteName(site);
    }

    @Override
    public String toString() {
        return site.canonical();
    }
}
