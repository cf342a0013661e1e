package dev.loupe.schema.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Why a text is not YAML, and what would mend it, in words that name no parser. */
final class YamlReason {
    /** What the parser writes (context, then problem), and what it means. */
    private static final Map<Pattern, String> MEANINGS = new LinkedHashMap<>();

    static {
        means("\\\\t\\(TAB\\)|'\\\\t'|tab character", "a tab cannot indent; write spaces");
        means("quoted scalar.*unexpected end of stream", "a quote is opened and never closed");
        means("quoted scalar.*unexpected document separator", "a quote is opened and not closed before `---`");
        means(
                "unknown escape character",
                "a backslash in double quotes begins an escape that YAML does not know; write "
                        + "two backslashes, or single quotes");
        means("expected escape sequence of", "an escape such as \\x1b or \\u202e lacks its hexadecimal digits");
        means("flow sequence.*<stream end>", "a list is opened with `[` and never closed");
        means("flow mapping.*<stream end>", "a mapping is opened with `{` and never closed");
        means("flow sequence", "a list in [ ] lacks a comma here, or its closing bracket");
        means("flow mapping", "a mapping in { } lacks a comma here, or its closing bracket");
        means("block (collection|sequence)", "this does not fit the list around it: check its indentation");
        means(
                "block mapping",
                "this does not fit the mapping around it: check its indentation, and whether a text " + "needs quotes");
        means("could not find expected ':'", "a key without a colon; is the line indented as its neighbours?");
        means(
                "mapping (values|keys) are not allowed",
                "a second `: ` in one line; a text that contains a colon needs quotes");
        means("sequence entries are not allowed", "a list may not begin here; begin a new line for its first `- `");
        means("cannot start any token", "no value can begin with this character; put the text in quotes");
        means(
                "chomping or indentation|indentation indicator|block chomping",
                "after `|` or `>` the line may contain only `+`, `-` or a digit");
        means("expected the node content", "a value is missing here");
        means("undefined alias", "an alias names no anchor before it");
        means(
                "document start|document end|directive|%YAML|tag handle",
                "a line that begins with `%` or `---` is not " + "as YAML demands");
        means("scanning a tag|URI", "what begins with `!` is a tag of YAML; put the text in quotes");
        means(
                "scanning an (anchor|alias)|alphabetic or numeric",
                "what begins with `&` or `*` names an anchor of YAML; " + "put the text in quotes");
        means("duplicate anchor", "an anchor is named twice");
        means("DEL character", "the character U+007F is not allowed here");
    }

    private YamlReason() {}

    private static void means(String said, String plain) {
        MEANINGS.put(Pattern.compile(said, Pattern.DOTALL), plain);
    }

    static String of(MarkedYamlEngineException error) {
        return of(error.getContext() + ": " + error.getProblem());
    }

    /** @param said the parser's words, or null where it has none */
    static String of(@Nullable String said) {
        for (Map.Entry<Pattern, String> entry : MEANINGS.entrySet()) {
            if (said != null && entry.getKey().matcher(said).find()) {
                return entry.getValue();
            }
        }
        return "this is not YAML; is a quote, a bracket or a colon missing here?";
    }
}
