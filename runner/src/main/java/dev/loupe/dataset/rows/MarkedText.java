package dev.loupe.dataset.rows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A prompt put together from plain text and named pieces, so that the tokens of each piece can be found again. */
public final class MarkedText {

    private final StringBuilder text = new StringBuilder();
    private final Map<String, TextEncoder.Span> pieces = new LinkedHashMap<>();

    public MarkedText plain(String words) {
        text.append(words);
        return this;
    }

    /** A piece without the space before it. */
    public MarkedText piece(String name, String words) {
        int start = text.codePointCount(0, text.length());
        text.append(words);
        pieces.put(name, new TextEncoder.Span(start, text.codePointCount(0, text.length())));
        return this;
    }

    public String text() {
        return text.toString();
    }

    /** The prompt in tokens. */
    public Encoded encode(TextEncoder encoder) {
        return new Encoded(text(), encoder.encode(text()), pieces);
    }

    /** @param pieces where each piece lies in the text, in code points */
    public record Encoded(String text, TextEncoder.Encoded tokens, Map<String, TextEncoder.Span> pieces) {

        public int[] ids() {
            return tokens.ids();
        }

        /**
         * The last token of a piece.
         *
         * @param option where the piece was written
         * @throws DatasetException where no token ends with the piece
         */
        public int last(String name, String option) {
            TextEncoder.Span piece = at(name);
            List<TextEncoder.Span> spans = tokens.spans();
            for (int i = spans.size() - 1; i >= 0; i--) {
                if (spans.get(i).end() == piece.end()) {
                    return i;
                }
            }
            throw new DatasetException(option, "no token ends with \"" + piece.of(text) + "\" in \"" + text + "\"");
        }

        /** The first token of a piece; it may bring the space before it. */
        public int first(String name, String option) {
            TextEncoder.Span piece = at(name);
            List<TextEncoder.Span> spans = tokens.spans();
            for (int i = 0; i < spans.size(); i++) {
                if (spans.get(i).start() == piece.start() || spans.get(i).start() == piece.start() - 1) {
                    boolean space = spans.get(i).end() == piece.start();
                    return space ? i + 1 : i;
                }
            }
            throw new DatasetException(option, "no token begins with \"" + piece.of(text) + "\" in \"" + text + "\"");
        }

        /** The token of a piece that must be exactly one. */
        public int only(String name, String option) {
            int last = last(name, option);
            if (first(name, option) != last) {
                throw new DatasetException(
                        option, "\"" + at(name).of(text) + "\" is not one token in \"" + text + "\"");
            }
            return last;
        }

        private TextEncoder.Span at(String name) {
            TextEncoder.Span piece = pieces.get(name);
            if (piece == null) {
                throw new IllegalArgumentException("no piece " + name);
            }
            return piece;
        }
    }
}
