package dev.loupe.report.draw;

import java.util.ArrayList;
import java.util.List;

/** A token's text with what cannot be seen made visible, and told apart from the same signs in the text itself. */
public final class TokenGlyphs {
    /** @param sign whether this run stands for something invisible */
    public record Run(String text, boolean sign) {}

    private TokenGlyphs() {}

    public static List<Run> of(String text) {
        List<Run> runs = new ArrayList<>();
        if (text.isEmpty()) {
            return List.of(new Run("∅", true));
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int length = Character.charCount(c);
            String one = text.substring(i, i + length);
            i += length;
            String sign = c == ' ' ? "·" : c == 0xfffd ? "‹?›" : VisibleLabel.of(one);
            if (sign.equals(one)) {
                plain.append(one);
                continue;
            }
            if (!plain.isEmpty()) {
                runs.add(new Run(plain.toString(), false));
                plain.setLength(0);
            }
            runs.add(new Run(sign, true));
        }
        if (!plain.isEmpty()) {
            runs.add(new Run(plain.toString(), false));
        }
        return runs;
    }

    public static String plain(String text) {
        StringBuilder out = new StringBuilder();
        of(text).forEach(run -> out.append(run.text()));
        return out.toString();
    }
}
