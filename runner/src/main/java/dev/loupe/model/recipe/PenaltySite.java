package dev.loupe.model.recipe;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.config.Sites;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.schema.problem.DidYouMean;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One hook point of one network, as a recipe writes it: {@code L0.resid_post} or the full hook name. */
public record PenaltySite(HookPoint point) {
    private static final Pattern LAYER = Pattern.compile("((?:blocks\\.|L)[0-9]{1,9}\\.)(.*)");

    /** @throws IllegalArgumentException where the text names no hook point, or one of every layer */
    public static PenaltySite parse(String text) {
        return new PenaltySite(HookPoint.parse(text).orElseThrow(() -> new IllegalArgumentException(refused(text))));
    }

    private static String refused(String text) {
        Site everywhere = Site.ofSpelling(text);
        if (everywhere != null) {
            return "`" + text + "` is a hook point of every layer: name one of them, such as `L0."
                    + everywhere.canonical() + "`";
        }
        Matcher layered = LAYER.matcher(text);
        String before = layered.matches() ? layered.group(1) : "";
        String near = DidYouMean.to(text.substring(before.length()), Site.spellings());
        return "there is no hook point `" + text + "`"
                + (near == null ? "; `loupe list` prints all of them" : "; did you mean `" + before + near + "`?");
    }

    /** How many numbers one position has there; 0 where a direction has no meaning, such as at one vector for each head. */
    int width(TransformerConfig config) {
        List<String> axes = point.site().axes();
        boolean plain =
                axes.equals(List.of("batch", "pos", "d_model")) || axes.equals(List.of("batch", "pos", "d_mlp"));
        return plain ? (int) Sites.shape(config, point.site(), 1, 1)[2] : 0;
    }

    /** The full hook name, whatever way it was written. */
    @Override
    public String toString() {
        return point.name();
    }
}
