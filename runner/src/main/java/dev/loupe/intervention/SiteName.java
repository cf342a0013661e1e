package dev.loupe.intervention;

import dev.loupe.hook.Site;
import dev.loupe.schema.Nearest;

/** A site as a spec writes it; other spellings of the field are understood and resolve to the canonical one. */
public record SiteName(Site site) {
    public static SiteName parse(String text) {
        Site site = Site.ofSpelling(text);
        if (site == null) {
            String near = Nearest.to(text, Site.spellings());
            throw new IllegalArgumentException("there is no site `" + text + "`"
                    + (near == null ? "; `loupe list` prints all" : "; did you mean `" + near + "`?"));
        }
        return new SiteName(site);
    }

    @Override
    public String toString() {
        return site.canonical();
    }
}
