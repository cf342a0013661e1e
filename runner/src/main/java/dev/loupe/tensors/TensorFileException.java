package dev.loupe.tensors;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A tensor file that cannot be read or trusted: which file, which tensor (if one is to blame) and why. */
public final class TensorFileException extends RuntimeException {
    private final Path file;
    private final @Nullable String tensor;

    public TensorFileException(Path file, @Nullable String tensor, String why) {
        this(file, tensor, why, null);
    }

    public TensorFileException(Path file, @Nullable String tensor, String why, @Nullable Throwable cause) {
        super(file + ": " + (tensor == null ? "" : "tensor '" + shown(tensor) + "': ") + why, cause);
        this.file = file;
        this.tensor = tensor;
    }

    public Path file() {
        return file;
    }

    public @Nullable String tensor() {
        return tensor;
    }

    /** A name from a file is hostile: cut to a readable length, control characters made visible. */
    static String shown(String name) {
        StringBuilder out = new StringBuilder();
        name.codePoints().limit(120).forEach(c -> {
            if (Character.isISOControl(c)) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return name.codePointCount(0, name.length()) > 120 ? out + "..." : out.toString();
    }
}
