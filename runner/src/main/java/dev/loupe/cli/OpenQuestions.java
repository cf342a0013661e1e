package dev.loupe.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.failure.UserInputException;
import dev.loupe.report.Gallery;
import dev.loupe.result.RunResult;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The questions of a folder of specs that no run answers: its specs, and the problems that it lists in {@code problems.json}
 * ({@code {"source": "...", "problems": {"1.6": "title", ...}}}).
 */
record OpenQuestions(Path folder) {
    private static final String PROBLEMS = "problems.json";

    /** @param source where the list is from */
    record Problems(String source, Map<String, String> problems) {}

    /** Those that none of these runs answers: a run names its spec in the command that repeats it. */
    List<Gallery.Open> without(List<RunResult> runs) {
        List<Gallery.Open> open = new ArrayList<>();
        Set<String> known = new HashSet<>();
        runs.forEach(run -> known.add(run.id()));
        for (Path spec : new SpecFolder(folder).specs()) {
            if (YamlTree.read(spec) instanceof YamlMap map) {
                known.add(SpecFolder.text(map, "id"));
                String name = String.valueOf(spec.getFileName());
                if (runs.stream().noneMatch(run -> run.provenance().rerun().contains("/" + name))) {
                    open.add(new Gallery.Open(
                            SpecFolder.text(map, "id"),
                            SpecFolder.text(map, "title"),
                            SpecFolder.text(map, "question"),
                            "./loupe run " + spec));
                }
            }
        }
        problems().forEach((id, title) -> {
            if (!known.contains(id)) {
                open.add(new Gallery.Open(id, title, "", ""));
            }
        });
        return open;
    }

    private Map<String, String> problems() {
        Path file = folder.resolve(PROBLEMS);
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return new ObjectMapper().readValue(file.toFile(), Problems.class).problems();
        } catch (JsonProcessingException e) {
            throw new UserInputException(file + ": is not a list of problems", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
