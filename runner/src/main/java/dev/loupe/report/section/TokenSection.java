package dev.loupe.report.section;

import dev.loupe.report.chart.ColourLegend;
import dev.loupe.report.draw.ColourScale;
import dev.loupe.report.draw.Embedded;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.draw.Titles;
import dev.loupe.report.draw.TokenGlyphs;
import dev.loupe.report.draw.VisibleLabel;
import dev.loupe.result.Artifact;
import dev.loupe.result.TokenText;
import freemarker.core.TemplateHTMLOutputModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Text whose tokens are coloured by a number; zero is the paper, one scale for the texts of all models.
 *
 * @param model whose numbers they are; empty where unknown
 */
public record TokenSection(
        String id,
        String title,
        String name,
        TemplateHTMLOutputModel doc,
        String quantity,
        String model,
        TemplateHTMLOutputModel legend,
        List<Passage> passages,
        List<String> caption,
        String data)
        implements Section {
    public record Passage(String label, List<Token> tokens) {}

    /** @param breakAfter whether the line ends after this token, as in the text itself */
    public record Token(List<TokenGlyphs.Run> runs, String step, String hint, boolean breakAfter) {}

    @Override
    public String partial() {
        return "tokens";
    }

    static final class Kind implements SectionKind<TokenText> {
        private final List<TokenText> texts;

        /** @param artifacts of the page: the texts of one measurement, one for each model, share a scale */
        Kind(List<Artifact> artifacts) {
            texts = artifacts.stream()
                    .filter(TokenText.class::isInstance)
                    .map(TokenText.class::cast)
                    .toList();
        }

        private static String measurement(TokenText text) {
            return Titles.of(text.name(), text.title()).measurement();
        }

        private static DoubleStream values(TokenText text) {
            return text.passages().stream()
                    .flatMap(passage -> passage.tokens().stream())
                    .mapToDouble(TokenText.Token::value);
        }

        @Override
        public Class<TokenText> type() {
            return TokenText.class;
        }

        @Override
        public TokenSection section(TokenText text, String id, PageDetail detail) {
            ColourScale colours = ColourScale.of(texts.stream()
                    .filter(other -> measurement(other).equals(measurement(text)))
                    .flatMapToDouble(Kind::values)
                    .toArray());
            List<Passage> passages = new ArrayList<>();
            List<TokenText.Passage> shown = new ArrayList<>();
            int room = detail.tokens();
            for (TokenText.Passage passage : text.passages()) {
                // Half an example says little: only a text of one long passage is cut inside.
                if (!shown.isEmpty() && passage.tokens().size() > room) {
                    break;
                }
                List<TokenText.Token> tokens = passage.tokens()
                        .subList(0, Math.min(room, passage.tokens().size()));
                room -= tokens.size();
                shown.add(new TokenText.Passage(passage.label(), tokens));
                passages.add(new Passage(VisibleLabel.of(passage.label()), tokens(tokens, colours)));
            }
            int total = (int) values(text).count();
            List<String> caption = new ArrayList<>();
            caption.add("Colour: " + text.quantity() + "; without colour is zero, hatched is undefined.");
            caption.add("· is a space, ↵ a newline, → a tab, ‹..› a byte or an invisible character.");
            if (detail.tokens() - room < total) {
                caption.add("The first " + (detail.tokens() - room) + " of " + total
                        + " tokens are shown; all are in results.json.");
            }
            return new TokenSection(
                    id,
                    text.title(),
                    text.name(),
                    Markup.markdown(text.doc()),
                    text.quantity(),
                    text.model(),
                    Markup.svg(ColourLegend.svg(colours, text.quantity(), null, List.of())),
                    passages,
                    caption,
                    json(shown));
        }

        private static List<Token> tokens(List<TokenText.Token> tokens, ColourScale colours) {
            List<Token> made = new ArrayList<>();
            for (int i = 0; i < tokens.size(); i++) {
                TokenText.Token token = tokens.get(i);
                made.add(new Token(
                        TokenGlyphs.of(token.text()),
                        colours.step(token.value()),
                        i + " · id " + token.id() + " · " + Numbers.show(token.value()),
                        token.text().contains("\n")));
            }
            return made;
        }

        /** Per passage and token: [visible text, id, value, log-prob of the next, [[guess, probability], ...]]. */
        private static String json(List<TokenText.Passage> passages) {
            return Embedded.json(json -> {
                json.writeStartArray();
                for (TokenText.Passage passage : passages) {
                    json.writeStartArray();
                    for (TokenText.Token token : passage.tokens()) {
                        json.writeStartArray();
                        json.writeString(TokenGlyphs.plain(token.text()));
                        json.writeNumber(token.id());
                        Embedded.number(json, token.value());
                        Embedded.number(json, token.logProbNext());
                        json.writeStartArray();
                        for (TokenText.Guess guess : token.top()) {
                            json.writeStartArray();
                            json.writeString(TokenGlyphs.plain(guess.text()));
                            json.writeNumber(Numbers.exact(Math.round(guess.probability() * 1e5) / 1e5));
                            json.writeEndArray();
                        }
                        json.writeEndArray();
                        json.writeEndArray();
                    }
                    json.writeEndArray();
                }
                json.writeEndArray();
            });
        }
    }
}
