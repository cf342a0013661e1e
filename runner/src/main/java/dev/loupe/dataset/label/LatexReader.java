package dev.loupe.dataset.label;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes through LaTeX source and says what its parts are. It never fails: what it does not know is text. */
final class LatexReader {
    static final List<String> MATH = List.of("inline", "display");
    private static final int MOST = 7;
    private static final Set<String> DISPLAYS = Set.of(
            "equation", "equation*", "align", "align*", "gather", "gather*", "multline", "multline*", "eqnarray");
    private static final Pattern NEXT = Pattern.compile(
            "(?<comment>%[^\\n]*)"
                    + "|\\\\(?<edge>begin|end)\\s*\\{(?<environment>[^{}\\n]*)\\}"
                    + "|\\\\(?<command>[A-Za-z@]+\\*?)"
                    + "|\\\\(?<escape>.)"
                    + "|(?<dollars>\\$\\$?)"
                    + "|(?<brace>[{}])"
                    + "|(?<text>.)",
            Pattern.DOTALL);
    private static final Pattern SECTION = Pattern.compile("(?:(?:sub)*section|chapter|(?:sub)?paragraph|part)\\*?");
    private static final Pattern CITATION = Pattern.compile("[A-Za-z]*cite[a-z]*\\*?");

    private final Out out;
    private String math = "";
    private int environments;
    private int lefts;
    private int depth;
    /** What the next argument, or the one that is open since a depth, is of. */
    private String argument = "";

    private int argumentDepth = -1;
    private boolean optional;

    LatexReader(Out out) {
        this.out = out;
    }

    /** Takes what is said of a part, in UTF-16 units. */
    interface Out {
        void is(String label, int start, int end, int value);
    }

    void read(String text) {
        Matcher next = NEXT.matcher(text);
        while (next.find()) {
            int start = next.start();
            int end = next.end();
            String before = math;
            part(next);
            // A delimiter belongs to the mathematics that it opens or closes.
            String inside = math.isEmpty() ? before : math;
            if (!inside.isEmpty()) {
                out.is("math", start, end, MATH.indexOf(inside));
            }
            count("environment-depth", start, end, environments);
            count("open-left", start, end, lefts);
            if (argumentDepth >= 0 && depth > argumentDepth && next.group("brace") == null) {
                out.is(argument, start, end, 1);
            }
        }
    }

    private void count(String label, int start, int end, int value) {
        if (value > 0) {
            out.is(label, start, end, Math.min(MOST, value));
        }
    }

    private void part(Matcher next) {
        if (next.group("comment") != null) {
            out.is("comment", next.start(), next.end(), 1);
        } else if (next.group("edge") != null) {
            out.is("command", next.start(), next.end("edge"), 1);
            environment(next.group("edge").equals("begin"), next.group("environment"));
        } else if (next.group("command") != null) {
            out.is("command", next.start(), next.end(), 1);
            command(next.group("command"));
        } else if (next.group("escape") != null) {
            escape(next.group("escape"));
        } else if (next.group("dollars") != null) {
            dollars(next.group("dollars"));
        } else if (next.group("brace") != null) {
            brace(next.group("brace").equals("{"));
        } else if (argumentDepth < 0 && !argument.isEmpty()) {
            between(next.group());
        }
    }

    /** Between a command and its argument there may be spaces and optional arguments. */
    private void between(String character) {
        boolean inside = optional && !character.equals("]");
        if (!optional && !character.equals("[") && !character.isBlank()) {
            argument = "";
        }
        optional = inside || character.equals("[");
    }

    private void environment(boolean begins, String name) {
        environments = Math.max(0, environments + (begins ? 1 : -1));
        if (DISPLAYS.contains(name)) {
            math = begins ? "display" : "";
        }
    }

    private void command(String name) {
        if (name.equals("left")) {
            lefts++;
        } else if (name.equals("right")) {
            lefts = Math.max(0, lefts - 1);
        } else if (argumentDepth < 0) {
            optional = false;
            argument = SECTION.matcher(name).matches()
                    ? "section"
                    : CITATION.matcher(name).matches() ? "citation" : "";
        }
    }

    private void escape(String character) {
        switch (character) {
            case "(" -> math = "inline";
            case "[" -> math = "display";
            case ")", "]" -> math = "";
            default -> {}
        }
    }

    private void dollars(String sign) {
        math = math.isEmpty() ? (sign.length() == 2 ? "display" : "inline") : "";
    }

    private void brace(boolean opens) {
        if (opens && argumentDepth < 0 && !argument.isEmpty()) {
            argumentDepth = depth;
        }
        depth = Math.max(0, depth + (opens ? 1 : -1));
        if (!opens && argumentDepth >= 0 && depth <= argumentDepth) {
            argumentDepth = -1;
            argument = "";
        }
    }
}
