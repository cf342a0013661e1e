package dev.loupe.schema.problem;

/**
 * A place in a file.
 *
 * @param file the path as the user gave it, or what stands for it ({@code --set})
 * @param line from 1
 * @param column in code points, from 1
 */
public record Mark(String file, int line, int column) implements Comparable<Mark> {

    /** The first character of a file. */
    public static Mark start(String file) {
        return new Mark(file, 1, 1);
    }

    @Override
    public int compareTo(Mark other) {
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
