package dev.loupe.dataset.label;

import dev.loupe.dataset.label.PythonScanner.Kind;
import dev.loupe.dataset.label.PythonScanner.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Goes through the tokens of Python source with a stack of open brackets and says what each is. */
final class PythonReader {
    static final List<String> COLONS = List.of("block", "dict", "slice", "annotation", "lambda");
    static final List<String> COMMAS = List.of("call", "tuple", "list", "dict", "subscript", "parameter");
    private static final int MOST = 7;

    /** What an open bracket, or a lambda before its colon, encloses. */
    private enum Frame {
        CALL,
        TUPLE,
        LIST,
        BRACES,
        SUBSCRIPT,
        PARAMETERS,
        LAMBDA
    }

    private final Out out;
    private final Deque<Frame> open = new ArrayDeque<>();
    private final Deque<Integer> indents = new ArrayDeque<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private boolean lineBegins = true;
    private int width;
    private int level;
    private boolean blockOpens;
    /** Whether the last token is the name of a function that is being defined. */
    private boolean defining;

    private Token before = new Token(Kind.LINE, "\n", 0, 0);

    PythonReader(Out out) {
        this.out = out;
    }

    /** Takes what is said of a token; {@code value} is 1 for what is so or not. */
    interface Out {
        void is(String label, Token token, int value);
    }

    void read(List<Token> tokens) {
        for (Token token : tokens) {
            if (token.kind() == Kind.LINE) {
                // A line inside brackets goes on.
                lineBegins |= open.isEmpty();
                width = 0;
            } else if (token.kind() == Kind.SPACE) {
                width = lineBegins ? token.text().replace("\t", "        ").length() : width;
            } else if (token.kind() == Kind.COMMENT) {
                out.is("comment", token, 1);
            } else {
                code(token);
                before = token;
                lineBegins = false;
            }
            if (level > 0) {
                out.is("indent", token, Math.min(MOST, level));
            }
        }
    }

    private void code(Token token) {
        if (lineBegins) {
            indent();
            blockOpens = token.kind() == Kind.KEYWORD;
        }
        switch (token.kind()) {
            case STRING -> out.is("string", token, 1);
            case KEYWORD -> {
                out.is("keyword", token, 1);
                if (token.text().equals("lambda")) {
                    open.push(Frame.LAMBDA);
                }
            }
            case NAME -> name(token);
            case OPERATOR -> operator(token);
            default -> {}
        }
        defining &= token.kind() == Kind.NAME;
    }

    private void indent() {
        while (!indents.isEmpty() && indents.peek() > width) {
            indents.pop();
        }
        if (width > (indents.isEmpty() ? 0 : indents.peek())) {
            indents.push(width);
        }
        level = indents.size();
    }

    private void name(Token token) {
        Frame inner = open.peek();
        boolean starts = "(,*".contains(before.text())
                || before.text().equals("**")
                || before.text().equals("lambda");
        boolean parameter = starts && (inner == Frame.PARAMETERS || inner == Frame.LAMBDA);
        boolean definition = before.text().equals("def") || before.text().equals("class");
        if (parameter) {
            out.is("parameter", token, 1);
        }
        defining = before.text().equals("def");
        if (definition) {
            out.is("name-def", token, 1);
        }
        int earlier = uses.merge(token.text(), 1, Integer::sum) - 1;
        out.is("name-use", token, Math.min(MOST, earlier));
    }

    private void operator(Token token) {
        switch (token.text()) {
            case "(" -> open.push(afterValue() ? (defining ? Frame.PARAMETERS : Frame.CALL) : Frame.TUPLE);
            case "[" -> open.push(afterValue() ? Frame.SUBSCRIPT : Frame.LIST);
            case "{" -> open.push(Frame.BRACES);
            case ")", "]", "}" -> {
                while (open.peek() == Frame.LAMBDA) {
                    open.pop();
                }
                if (!open.isEmpty()) {
                    open.pop();
                }
            }
            case ":" -> {
                out.is("colon", token, COLONS.indexOf(colon()));
                if (open.peek() == Frame.LAMBDA) {
                    open.pop();
                }
            }
            case "," -> out.is("comma", token, COMMAS.indexOf(comma()));
            default -> {}
        }
    }

    /** Whether a bracket after the last token calls or takes a part of it. */
    private boolean afterValue() {
        return before.kind() == Kind.NAME || before.kind() == Kind.STRING || ")]}".contains(before.text());
    }

    private String colon() {
        Frame inner = open.peek();
        if (inner == null) {
            return blockOpens ? "block" : "annotation";
        }
        return switch (inner) {
            case LAMBDA -> "lambda";
            case SUBSCRIPT -> "slice";
            case BRACES -> "dict";
            default -> "annotation";
        };
    }

    private String comma() {
        Frame inner = open.peek();
        if (inner == null) {
            return "tuple";
        }
        return switch (inner) {
            case CALL -> "call";
            case TUPLE -> "tuple";
            case LIST -> "list";
            case BRACES -> "dict";
            case SUBSCRIPT -> "subscript";
            case PARAMETERS, LAMBDA -> "parameter";
        };
    }
}
