package dev.loupe.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.Reason;
import dev.loupe.tensors.PythonJson;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A Python script that answers one line of JSON for each line that it is sent, and sleeps between two of them. What it writes
 * on standard error goes to a file that is shown if it fails.
 */
final class PeerProcess implements AutoCloseable {
    /** Characters of its error output that are shown. */
    private static final int SHOWN = 2000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path script;
    private final Path errors;
    private final Process process;
    private final BufferedWriter to;
    private final BufferedReader from;

    /**
     * Starts it.
     *
     * @param resource the script
     * @param folder where the script and its errors are written
     * @throws EnvironmentException if the interpreter cannot be started
     */
    PeerProcess(Path python, String resource, Path folder) throws IOException {
        script = folder.resolve("peer.py");
        errors = folder.resolve("peer.err");
        try (InputStream in = PeerProcess.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            process = new ProcessBuilder(python.toString(), script.toString())
                    .redirectError(errors.toFile())
                    .start();
        } catch (IOException e) {
            throw new EnvironmentException("--peer: " + python + " cannot be started: " + Reason.of(e), e);
        }
        to = process.outputWriter(StandardCharsets.UTF_8);
        from = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Sends a line and waits for the answer.
     *
     * @throws EnvironmentException if the process has ended or answers something else than JSON
     */
    JsonNode ask(String line) {
        try {
            to.write(line + "\n");
            to.flush();
            String answer = from.readLine();
            if (answer != null) {
                return JSON.readTree(answer);
            }
        } catch (JsonProcessingException e) {
            throw new EnvironmentException("the peer's answer " + PythonJson.said(e), e);
        } catch (IOException e) {
            // A pipe breaks when the other side has ended; its error output says why it did.
        }
        throw new EnvironmentException("the peer process ended; the end of its output:\n" + end());
    }

    /** What the process measured of one piece of work. */
    static Sample sample(JsonNode answer) {
        return new Sample(
                answer.path("wall").asDouble(Double.NaN), answer.path("cpu").asDouble(Double.NaN));
    }

    private String end() {
        try {
            String all = Files.readString(errors, StandardCharsets.UTF_8);
            return all.substring(Math.max(0, all.length() - SHOWN)).strip();
        } catch (IOException e) {
            throw new EnvironmentException("the peer process stopped: " + Reason.of(e), e);
        }
    }

    /** Ends the process and removes its files. */
    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        Files.deleteIfExists(script);
        Files.deleteIfExists(errors);
    }
}
