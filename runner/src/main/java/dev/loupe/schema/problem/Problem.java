package dev.loupe.schema.problem;

import dev.loupe.text.VisibleText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with a spec, written {@code file:line:column error[code] message; did you mean `suggestion`?}.
 *
 * @param code a kebab-case word that names the kind of problem and never changes ({@code unknown-key})
 * @param suggestion what was probably meant, where something near exists
 * @param absent the model that is not on this machine, where that alone is wrong
 */
public record Problem(
        SourceLocation mark,
        String code,
        String message,
        @Nullable String suggestion,
        @Nullable String absent) {

    private static final Pattern MEANT = Pattern.compile("did you mean `([^`]+)`\\?");

    /** Of anything but an absent model. */
    public Problem(SourceLocation mark, String code, String message, @Nullable String suggestion) {
        this(mark, code, message, suggestion, null);
    }

    /** What was probably meant, whether it is kept beside the message or said in it; null where nothing is near. */
    public @Nullable String meant() {
        Matcher said = MEANT.matcher(message);
        return suggestion != null ? suggestion : said.find() ? said.group(1) : null;
    }

    /** The same with more words at the end of its message. */
    public Problem with(String words) {
        return new Problem(mark, code, message + words, suggestion, absent);
    }

    @Override
    public String toString() {
        String hint = suggestion == null ? "" : "; did you mean `" + suggestion + "`?";
        return VisibleText.line(mark + " error[" + code + "] " + message + hint);
    }
}
