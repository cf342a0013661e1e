package dev.loupe.resolve;

import dev.loupe.schema.problem.SourceLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where a place inside a text was written in its file. The text is what YAML reads (without quotes, lines folded, escapes
 * resolved), so both are compared from the nearest hole {@code {{} of the text on, space for space.
 */
final class PlaceInText {
    private static final String HOLE = "{{";

    private PlaceInText() {}

    /**
     * @param start where the text's value begins in the file
     * @param at the place in the text, in characters
     * @return the value's own place where the file is not there, or has another text
     */
    static SourceLocation of(SourceLocation start, String text, int at) {
        String file;
        try {
            file = Files.readString(Path.of(start.file()));
        } catch (IOException | InvalidPathException e) {
            return start;
        }
        int nearest = text.lastIndexOf(HOLE, at);
        int written = offset(file, start);
        for (int hole = text.indexOf(HOLE); nearest >= 0 && written >= 0; hole = text.indexOf(HOLE, hole + 1)) {
            written = file.indexOf(HOLE, written);
            if (hole == nearest) {
                break;
            }
            written = written < 0 ? written : written + 1;
        }
        if (nearest < 0 || written < 0) {
            return start;
        }
        int place = nearest;
        while (place < at) {
            int nextPlace = after(text, place);
            int nextWritten = after(file, written);
            if (nextWritten >= file.length()
                    || text.charAt(place) != file.charAt(written) && !blanks(text, place, file, written)) {
                break;
            }
            place = nextPlace;
            written = nextWritten;
        }
        return location(start.file(), file, written);
    }

    private static boolean blanks(String text, int place, String file, int written) {
        return Character.isWhitespace(text.charAt(place)) && Character.isWhitespace(file.charAt(written));
    }

    /** The place after one character, or after all space that begins there. */
    private static int after(String text, int at) {
        int next = at + 1;
        while (Character.isWhitespace(text.charAt(at))
                && next < text.length()
                && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next;
    }

    /** In characters; -1 where the file has no such line. */
    private static int offset(String file, SourceLocation place) {
        int from = 0;
        for (int line = 1; line < place.line(); line++) {
            from = file.indexOf('\n', from) + 1;
            if (from == 0) {
                return -1;
            }
        }
        int end = file.indexOf('\n', from);
        int points = file.codePointCount(from, end < 0 ? file.length() : end);
        return file.offsetByCodePoints(from, Math.min(points, place.column() - 1));
    }

    private static SourceLocation location(String name, String file, int at) {
        int line =
                1 + (int) file.substring(0, at).chars().filter(c -> c == '\n').count();
        int begin = file.lastIndexOf('\n', at - 1) + 1;
        return new SourceLocation(name, line, 1 + file.codePointCount(begin, at));
    }
}
