package dev.loupe.schema.yaml;

import dev.loupe.failure.Reason;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.text.ByteOrderMark;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Reads YAML that may be hostile: limits of size, depth and nodes, strict UTF-8, and a located problem for each. */
public final class YamlLoader {

    /** Bytes of one file. */
    static final int MOST_BYTES = 4 << 20;

    private YamlLoader() {}

    /** Reads a regular file; null where a problem was noted that leaves no tree. */
    public static @Nullable YamlTree read(Path file, Problems problems) {
        String name = file.toString();
        SourceLocation start = SourceLocation.start(name);
        byte[] bytes;
        if (!Files.isRegularFile(file)) {
            problems.add(start, "unreadable", Files.exists(file) ? "is not a file" : "no such file");
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            problems.add(start, "unreadable", "cannot be read: " + Reason.of(e));
            return null;
        }
        return load(bytes, name, problems);
    }

    /** Decodes and parses; null where a problem was noted that leaves no tree. */
    public static @Nullable YamlTree load(byte[] bytes, String file, Problems problems) {
        if (bytes.length > MOST_BYTES) {
            problems.add(SourceLocation.start(file), "too-large", "is larger than " + (MOST_BYTES >> 20) + " MiB");
            return null;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), chars, true);
        String text = chars.flip().toString();
        if (result.isError()) {
            problems.add(endOf(text, file), "encoding", "the bytes here are not UTF-8");
            return null;
        }
        return parse(text, file, problems);
    }

    /** Parses one document; null where a problem was noted that leaves no tree. */
    public static @Nullable YamlTree parse(String written, String file, Problems problems) {
        String text = ByteOrderMark.without(written);
        if (text.length() > MOST_BYTES) {
            problems.add(SourceLocation.start(file), "too-large", "is larger than " + (MOST_BYTES >> 20) + " MiB");
            return null;
        }
        int bad = firstUnprintable(text);
        if (bad >= 0) {
            String shown = String.format("U+%04X", text.codePointAt(bad));
            problems.add(
                    endOf(text.substring(0, bad), file),
                    "control-character",
                    "the character " + shown + " is not allowed in YAML; write it as an escape in double quotes");
            return null;
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(MOST_BYTES + 1)
                .setParseComments(false)
                .build();
        TreeBuilder builder = new TreeBuilder(file, problems);
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                builder.accept(event);
            }
            return builder.finish();
        } catch (TreeBuilder.Refused refused) {
            problems.add(refused.problem());
        } catch (MarkedYamlEngineException e) {
            SourceLocation mark = e.getProblemMark()
                    .or(e::getContextMark)
                    .map(m -> new SourceLocation(file, m.getLine() + 1, m.getColumn() + 1))
                    .orElse(SourceLocation.start(file));
            problems.add(mark, "syntax", YamlReason.of(e));
        } catch (RuntimeException e) {
            // The parser throws plain runtime exceptions on some malformed directives and escapes.
            problems.add(SourceLocation.start(file), "syntax", YamlReason.of(e.getMessage()));
        }
        return null;
    }

    /** The index of the first character outside the printable set of YAML 1.2 (section 5.1), or -1. */
    private static int firstUnprintable(String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (!printable(c)) {
                return i;
            }
            i += Character.charCount(c);
        }
        return -1;
    }

    private static boolean printable(int c) {
        return c >= 0x20 && c <= 0x7E
                || c == '\n'
                || c == '\t'
                || c == '\r'
                || c == 0x85
                || c >= 0xA0 && c <= 0xD7FF
                || c >= 0xE000 && c <= 0xFFFD
                || c >= 0x10000;
    }

    /** The place just after a text. */
    private static SourceLocation endOf(String text, String file) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            boolean breaks = c == '\n' || c == '\r' && (i == text.length() || text.charAt(i) != '\n');
            line += breaks ? 1 : 0;
            column = breaks ? 1 : column + 1;
        }
        return new SourceLocation(file, line, column);
    }
}
