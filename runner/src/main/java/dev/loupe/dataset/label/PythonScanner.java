package dev.loupe.dataset.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts Python source into lexical tokens. It never fails: what it does not know is an operator of one character. */
final class PythonScanner {
    // Repeated groups are possessive: Java's other loops over groups use the stack, which a long docstring would
    // exhaust.
    private static final Pattern NEXT = Pattern.compile(
            "(?<comment>#[^\\n]*)"
                    + "|(?<string>(?i:[rbuf]|rb|br|rf|fr)?(?:\"\"\"(?:\\\\.|(?!\"\"\")[^\\\\])*+(?:\"\"\"|\\z)"
                    + "|'''(?:\\\\.|(?!''')[^\\\\])*+(?:'''|\\z)"
                    + "|\"(?:\\\\.|[^\"\\\\\\n])*+\"?|'(?:\\\\.|[^'\\\\\\n])*+'?))"
                    + "|(?<name>[\\p{L}_][\\p{L}\\p{N}\\p{M}_]*)"
                    + "|(?<number>[0-9][0-9A-Za-z_.]*)"
                    + "|(?<line>\\n)"
                    + "|(?<space>[^\\S\\n]+|\\\\\\n)"
                    + "|(?<operator>->|:=|\\*\\*|//|[=!<>+*/%&|^@-]=|.)",
            Pattern.DOTALL);

    static final Set<String> KEYWORDS = Set.of(
            "False",
            "None",
            "True",
            "and",
            "as",
            "assert",
            "async",
            "await",
            "break",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "else",
            "except",
            "finally",
            "for",
            "from",
            "global",
            "if",
            "import",
            "in",
            "is",
            "lambda",
            "nonlocal",
            "not",
            "or",
            "pass",
            "raise",
            "return",
            "try",
            "while",
            "with",
            "yield");

    private PythonScanner() {}

    /** What a token is. */
    enum Kind {
        COMMENT,
        STRING,
        KEYWORD,
        NAME,
        NUMBER,
        LINE,
        SPACE,
        OPERATOR
    }

    /** A token and where it lies, in UTF-16 units. */
    record Token(Kind kind, String text, int start, int end) {}

    static List<Token> scan(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher next = NEXT.matcher(text);
        while (next.find()) {
            tokens.add(new Token(kind(next), next.group(), next.start(), next.end()));
        }
        return tokens;
    }

    private static Kind kind(Matcher found) {
        if (found.group("name") != null) {
            return KEYWORDS.contains(found.group()) ? Kind.KEYWORD : Kind.NAME;
        }
        for (Kind kind : new Kind[] {Kind.COMMENT, Kind.STRING, Kind.NUMBER, Kind.LINE, Kind.SPACE}) {
            if (found.group(kind.name().toLowerCase(java.util.Locale.ROOT)) != null) {
                return kind;
            }
        }
        return Kind.OPERATOR;
    }
}
