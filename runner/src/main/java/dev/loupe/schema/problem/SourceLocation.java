package dev.loupe.schema.problem;

/**
 * A place in a file.
 *
 * @param file the path as the user gave it, or what stands for it ({@code --set})
 * @param line from 1
 * @param column in code points, from 1
 */
public record SourceLocation(String file, int line, int column) implements Comparable<SourceLocation> {

    /** The first character of a file. */
    public static SourceLocation start(String file) {
        return new SourceLocation(file, 1, 1);
    }

    @Override
    public int compareTo(SourceLocation other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
