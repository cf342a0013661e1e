package dev.loupe.hub;

import dev.loupe.failure.EnvironmentException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A file of a repository at one commit, as the hub describes it.
 *
 * @param name its path in the repository, checked
 * @param etag its checksum, which also names it on disk: SHA-256 of a large file, git's SHA-1 of a small one
 * @param size in bytes
 */
record RemoteFile(String name, String etag, long size) {
    private static final Pattern CHECKSUM = Pattern.compile("[0-9a-f]{64}|[0-9a-f]{40}");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._+=@,() -]{1,200}");

    RemoteFile {
        if (!isSafe(name)) {
            throw new EnvironmentException("the hub lists a file that is not inside its repository");
        }
        if (!CHECKSUM.matcher(etag).matches()) {
            throw new EnvironmentException("the hub gives no checksum for " + name
                    + ", so the download could not be verified; check HF_ENDPOINT");
        }
        if (size < 0) {
            throw new EnvironmentException("the hub gives no size for " + name + "; check HF_ENDPOINT");
        }
    }

    /** The checksum within a header, without quotes and the mark of a weak one. */
    static String checksum(String header) {
        return header.strip().replaceFirst("^W/", "").replace("\"", "").toLowerCase(Locale.ROOT);
    }

    /** Whether a path of a repository stays in a folder, on every system. */
    static boolean isSafe(String name) {
        for (String part : name.split("/", -1)) {
            if (!PLAIN.matcher(part).matches()
                    || part.startsWith("..")
                    || part.equals(".")
                    || part.endsWith(".")
                    || part.endsWith(" ")) {
                return false;
            }
        }
        return true;
    }
}
