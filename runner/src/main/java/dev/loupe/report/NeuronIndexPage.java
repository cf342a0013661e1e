package dev.loupe.report;

import dev.loupe.result.RunResult;
import dev.loupe.text.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code neurons.html}: a table of several neurons that leads to their pages. */
public final class NeuronIndexPage {
    /** The page's name in its folder. */
    public static final String FILE = "neurons.html";

    private final PageTemplate template = new PageTemplate();

    /**
     * @param pages the results by the name of the neuron, in their order
     * @param runs the folder of each, below {@code folder}
     */
    public void write(String title, Map<String, RunResult> pages, Map<String, Path> runs, Path folder)
            throws IOException {
        Map<String, String> links = new LinkedHashMap<>();
        runs.forEach((neuron, run) -> links.put(neuron, GalleryPage.link(folder, run)));
        TextFile.write(template.fill(NeuronIndex.of(title, pages, links)), folder.resolve(FILE));
    }
}
