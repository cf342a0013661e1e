package dev.loupe.doctor;

import dev.loupe.backend.EngineReport;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PyTorch, the tokenizers' library, and CUDA: what was looked for. */
final class EngineFacts {
    private static final String HEADING = "engine";

    private EngineFacts() {}

    static void add(Checkup to, Map<String, String> environment, EngineReport engine) {
        to.fact(HEADING, "PyTorch", engine.versions());
        if (engine.library() != null) {
            to.fact(HEADING, "native libraries", engine.library());
        }
        to.fact(HEADING, "threads", engine.threads());
        to.fact(HEADING, "tokenizers", engine.tokenizers() == null ? "work" : engine.tokenizers());
        boolean driver = cuda(to, environment, engine);
        if (engine.failure() != null) {
            to.lack(
                    "PyTorch does not work: " + engine.failure(),
                    driver
                            ? "PYTORCH_LIBRARY_PATH=DIR ./loupe doctor with the folder of a PyTorch 2.7.1 for CUDA;"
                                    + " or ./loupe run ... --device cpu"
                            : "./mvnw -pl runner clean, then any ./loupe command downloads and builds again");
        }
        if (engine.tokenizers() != null) {
            to.lack(
                    "the tokenizers' library does not work: " + engine.tokenizers(),
                    "./mvnw -pl runner clean, then any ./loupe command downloads and builds again");
        }
        if (driver && engine.failure() == null && engine.gpus().isEmpty()) {
            to.lack(
                    "this machine has an NVIDIA driver, but PyTorch finds no CUDA device",
                    "nvidia-smi must list the device; then ./loupe doctor --device gpu downloads the CUDA libraries "
                            + "of PyTorch");
        }
    }

    /** Whether there are signs of an NVIDIA device. */
    private static boolean cuda(Checkup to, Map<String, String> environment, EngineReport engine) {
        List<String> looked = new ArrayList<>();
        boolean found = false;
        for (String device : new String[] {"/dev/nvidia0", "/dev/dxg"}) {
            boolean there = Files.exists(Path.of(device));
            found |= there;
            looked.add(device + (there ? " there" : " not there"));
        }
        boolean tool = onPath(environment, "nvidia-smi") || onPath(environment, "nvidia-smi.exe");
        looked.add("nvidia-smi " + (tool ? "on the PATH" : "not on the PATH"));
        String own = environment.get("PYTORCH_LIBRARY_PATH");
        looked.add("PYTORCH_LIBRARY_PATH " + (own == null ? "not set" : own));
        looked.add("libraries on the class path: " + System.getProperty("loupe.natives", "as the class path has them"));
        if (engine.gpus().isEmpty()) {
            to.fact(HEADING, "CUDA", "no device; looked for:");
            looked.forEach(place -> to.fact(HEADING, "CUDA", "  " + place));
        } else {
            engine.gpus().forEach(gpu -> to.fact(HEADING, "CUDA", gpu));
        }
        // Without the CPU's libraries the launcher saw the driver and wants CUDA.
        return found || "cuda".equals(System.getProperty("loupe.natives"));
    }

    private static boolean onPath(Map<String, String> environment, String program) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder).resolve(program))) {
                return true;
            }
        }
        return false;
    }
}
