package dev.loupe.spec;

import dev.loupe.claim.Expression;
import dev.loupe.schema.Binder;
import dev.loupe.schema.TypeCatalog;
import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.schema.yaml.YamlTree;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands in a hole of the answer: one function of the answer's own, or numbers joined by {@code + - * /} and
 * parentheses. A function of claims is written {@code max(scores.IND, where: {layer: 1})}: what stands in the parentheses is
 * what follows the function's key in a claim, so that each has all its options.
 */
final class AnswerReader {
    /** Functions that give words: they stand alone. */
    private static final List<String> OF_WORDS = List.of("top", "those", "claim", "interval", "verdict");

    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]++(\\.[0-9]++)?+");
    private static final Pattern OR_WORDS = Pattern.compile("or\\s++'([^'{}]++)'");
    private static final String EXPECTED = "expected a function or a number here, such as `value(loss)`";

    /** Deeper parentheses are no formula that anybody reads. */
    private static final int DEEPEST = 20;

    private final String text;
    private int at;
    private int depth;

    AnswerReader(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** What cannot be read. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int at;

        Unreadable(int at, String message) {
            super(message, null, false, false);
            this.at = at;
        }

        int at() {
            return at;
        }
    }

    AnswerValue value() {
        skip();
        int start = at;
        String word = take(WORD);
        if (word == null || !OF_WORDS.contains(word)) {
            at = start;
            return orWords(sum());
        }
        int inside = at + 1;
        AnswerValue value = ofWords(word, start, text.startsWith("(", at) ? arguments(word, start) : "", inside);
        skip();
        if (at < text.length() && "+-*/".indexOf(text.charAt(at)) >= 0) {
            throw new Unreadable(
                    at,
                    "`" + word + "` gives words, with which nothing can be computed"
                            + (word.equals("claim") ? "; write the function that the claim is about" : ""));
        }
        return value;
    }

    /** The place after the end of the hole. */
    int end(String close) {
        skip();
        if (!text.startsWith(close, at)) {
            String found = at >= text.length() ? "the end of the text" : "`" + text.charAt(at) + "`";
            throw new Unreadable(
                    Math.min(at, text.length() - 1),
                    "expected `+`, `-`, `*`, `/`, `or 'words'` or `" + close + "`, not " + found);
        }
        return at + close.length();
    }

    /** {@code or 'words'} after a number. */
    private AnswerValue orWords(AnswerValue.Formula formula) {
        skip();
        Matcher or = OR_WORDS.matcher(text).region(at, text.length());
        if (!or.lookingAt()) {
            return formula;
        }
        at = or.end();
        return new AnswerValue.OrWords(formula, or.group(1));
    }

    private AnswerValue.Formula sum() {
        AnswerValue.Formula left = product();
        for (skip(); at < text.length() && "+-".indexOf(text.charAt(at)) >= 0; skip()) {
            char operator = text.charAt(at++);
            left = new AnswerValue.Operation(operator, left, product());
        }
        return left;
    }

    private AnswerValue.Formula product() {
        AnswerValue.Formula left = factor();
        for (skip(); at < text.length() && "*/".indexOf(text.charAt(at)) >= 0; skip()) {
            char operator = text.charAt(at++);
            left = new AnswerValue.Operation(operator, left, factor());
        }
        return left;
    }

    private AnswerValue.Formula factor() {
        skip();
        int start = at;
        String number = take(NUMBER);
        if (number != null) {
            return new AnswerValue.Constant(Double.parseDouble(number));
        }
        if (text.startsWith("(", at)) {
            if (++depth > DEEPEST) {
                throw new Unreadable(start, "more than " + DEEPEST + " parentheses within each other");
            }
            at++;
            AnswerValue.Formula inner = sum();
            skip();
            if (!text.startsWith(")", at)) {
                throw new Unreadable(start, "this parenthesis is not closed");
            }
            at++;
            depth--;
            return inner;
        }
        String word = take(WORD);
        if (word == null) {
            throw new Unreadable(Math.min(start, text.length() - 1), EXPECTED);
        }
        if (OF_WORDS.contains(word)) {
            throw new Unreadable(start, "`" + word + "` gives words, with which nothing can be computed");
        }
        List<String> known = TypeCatalog.of(Expression.class).stream()
                .map(TypeCatalog.Entry::word)
                .toList();
        if (!known.contains(word)) {
            List<String> all = Stream.concat(known.stream(), OF_WORDS.stream()).toList();
            String near = DidYouMean.to(word, all);
            throw new Unreadable(
                    start,
                    "there is no function `" + word + "`; "
                            + (near == null ? "known: " + String.join(", ", all) : "did you mean `" + near + "`?"));
        }
        return new AnswerValue.OfResults(expression(word, start, arguments(word, start)));
    }

    /** The same function as in a claim, its arguments in parentheses. */
    private Expression expression(String word, int start, String arguments) {
        if (arguments.isBlank()) {
            throw new Unreadable(start, "`" + word + "` needs the name of a measurement, as in `" + word + "(loss)`");
        }
        try {
            return Binder.bind(YamlTree.parse("{" + word + ": " + arguments + "}", "answer"), Expression.class)
                    .value();
        } catch (SpecException e) {
            Problem first = e.problems().get(0);
            throw new Unreadable(place(first, word, start, arguments), first.message());
        }
    }

    /** Where a problem of the mapping {@code {word: arguments}} is in the text. */
    private static int place(Problem problem, String word, int start, String arguments) {
        int column = problem.mark().line() > 1 ? 0 : problem.mark().column() - 1;
        int inside = column - "{".length() - word.length() - ": ".length();
        return inside < 0 ? start : start + word.length() + 1 + Math.min(inside, arguments.length() - 1);
    }

    private AnswerValue ofWords(String word, int start, String arguments, int inside) {
        List<String> words =
                arguments.isBlank() ? List.of() : List.of(arguments.strip().split("\\s*,\\s*", -1));
        boolean ofResult = word.equals("top") || word.equals("those");
        if (ofResult ? words.isEmpty() : words.isEmpty() && !word.equals("verdict")) {
            throw new Unreadable(
                    start,
                    ofResult
                            ? "`" + word + "` needs the name of a result"
                            : "`" + word + "` needs the number of a claim, as in `" + word + "(1)`");
        }
        int most = word.equals("top") ? 2 : 1;
        if (words.size() > most) {
            throw new Unreadable(
                    inside,
                    "`" + word + "` takes "
                            + (most == 2 ? "a result and a number" : ofResult ? "one result" : "one number"));
        }
        return ofResult
                ? new AnswerValue.Components(word, words.get(0), words.size() < 2 ? 1 : number(words.get(1), inside))
                : new AnswerValue.OfClaim(word, words.isEmpty() ? 0 : number(words.get(0), inside));
    }

    private static int number(String word, int inside) {
        if (!word.matches("[1-9][0-9]{0,5}")) {
            throw new Unreadable(inside, "`" + word + "` is not a whole number from 1");
        }
        return Integer.parseInt(word);
    }

    /** What stands between the parentheses that follow; brackets of all kinds are closed in it. */
    private String arguments(String word, int start) {
        if (!text.startsWith("(", at)) {
            throw new Unreadable(start, "`" + word + "` needs parentheses, as in `" + word + "(loss)`");
        }
        StringBuilder open = new StringBuilder();
        char quote = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (OPENING.indexOf(c) >= 0) {
                open.append(c);
            } else if (CLOSING.indexOf(c) >= 0) {
                int last = open.length() - 1;
                if (open.charAt(last) != OPENING.charAt(CLOSING.indexOf(c))) {
                    break;
                }
                open.setLength(last);
                if (last == 0) {
                    String inside = text.substring(at + 1, i);
                    at = i + 1;
                    return inside;
                }
            }
        }
        throw new Unreadable(start, "the parenthesis after `" + word + "` is not closed");
    }

    private @Nullable String take(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher.group();
    }

    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
