package dev.loupe.backend;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which instructions the engine's products are made of: two machines that differ there differ in the last bits of results. */
public final class Kernels {
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    /** What PyTorch's own kernels come in, the widest first. */
    private static final List<String> WIDTHS = List.of("avx512f", "avx2");

    private Kernels() {}

    /**
     * The libraries of CUDA give equal bits on GPUs of one architecture with equally many multiprocessors. How many there are DJL
     * does not tell; cards of one architecture that differ in them nearly always differ in their memory.
     */
    static String gpu(String cuda, String capability, long bytes) {
        return "CUDA " + cuda + ", compute capability " + capability + ", " + (bytes >> 20) + " MiB";
    }

    /**
     * Of this machine; empty where it does not tell.
     *
     * @param device {@code cpu} or {@code gpu}
     */
    public static String of(String device) {
        if (device.equals("gpu")) {
            return CudaUtils.hasCuda()
                    ? gpu(
                            CudaUtils.getCudaVersionString(),
                            CudaUtils.getComputeCapability(0),
                            CudaUtils.getGpuMemory(Device.gpu(0)).getMax())
                    : "";
        }
        if (!Files.isReadable(PROCESSOR)) {
            return "";
        }
        try {
            String flags = Files.readAllLines(PROCESSOR).stream()
                    .filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .orElse("");
            return WIDTHS.stream()
                    .filter(width -> flags.contains(" " + width))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
