package dev.loupe.cli;

import dev.loupe.cli.option.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Our own commit, for provenance. */
final class Commit {
    private Commit() {}

    /** Commit with {@code +dirty} when the tree has changes; empty when this is no checkout or git is missing. */
    static String current() {
        String commit = git("rev-parse", "--short=12", "HEAD");
        if (commit.isEmpty()) {
            return "";
        }
        return commit + (git("status", "--porcelain", "--untracked-files=no").isEmpty() ? "" : "+dirty");
    }

    private static String git(String... words) {
        java.util.List<String> command = new java.util.ArrayList<>(
                java.util.List.of("git", "-C", Home.folder().toString()));
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
