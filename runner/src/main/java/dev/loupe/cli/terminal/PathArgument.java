package dev.loupe.cli.terminal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A path as the user typed it, in every command alike: never empty, and readable in the encoding of this system. */
public final class PathArgument implements ITypeConverter<Path> {
    private static final char REPLACEMENT = '\uFFFD';

    @Override
    public Path convert(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("the path is empty; write `.` for the current folder");
        }
        if (text.indexOf(REPLACEMENT) >= 0) {
            throw new TypeConversionException("`" + text + "` has characters that this system's encoding ("
                    + System.getProperty("sun.jnu.encoding") + ") cannot represent; set LC_ALL=C.UTF-8");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("`" + text + "` cannot be used as a path on this system");
        }
    }
}
