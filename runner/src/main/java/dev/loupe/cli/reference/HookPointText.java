package dev.loupe.cli.reference;

import dev.loupe.hook.Site;

/** The reference page of the hook points. */
final class HookPointText {
    private HookPointText() {}

    static String text() {
        StringBuilder out = new StringBuilder("# Hook points\n\n" + Generated.NOTE + "\n\n");
        out.append(
                "What `ablate`, `patch`, `freeze` and `trace --hooks` can name. A hook name as TransformerLens writes it, or "
                        + "its short form, is understood and becomes the spelling of the first column. Which hook points a model has "
                        + "depends on its architecture; naming one that it lacks is an error before weights are loaded.\n\n");
        out.append("| name | hook name, `L` for the layer | axes | kept |\n|---|---|---|---|\n");
        for (Site site : Site.values()) {
            out.append(Generated.row(
                    "`" + site.canonical() + "`",
                    "`" + site.shown() + "`",
                    "[" + String.join(", ", site.axes()) + "]",
                    site.onRequest() ? "only where something asks for it" : ""));
        }
        return out.toString();
    }
}
