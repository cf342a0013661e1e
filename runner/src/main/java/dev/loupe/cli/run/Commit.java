package dev.loupe.cli.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Our own commit, for provenance. */
public final class Commit {
    private Commit() {}

    /**
     * Commit of this checkout, with {@code +dirty} when the tree has changes.
     *
     * @param home our own folder; where it is no checkout the answer is empty, although it may lie in somebody's repository
     */
    public static String of(Path home) {
        if (!Files.exists(home.resolve(".git"))) {
            return "";
        }
        String commit = git(home, "rev-parse", "--short=12", "HEAD");
        if (commit.isEmpty()) {
            return "";
        }
        return commit
                + (git(home, "status", "--porcelain", "--untracked-files=no").isEmpty() ? "" : "+dirty");
    }

    private static String git(Path home, String... words) {
        java.util.List<String> command = new java.util.ArrayList<>(java.util.List.of("git", "-C", home.toString()));
        command.addAll(java.util.List.of(words));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0 ? text : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
