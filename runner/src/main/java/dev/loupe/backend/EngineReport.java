package dev.loupe.backend;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.cuda.CudaUtils;
import dev.loupe.failure.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The engine and the tokenizers' library as they really load and work.
 *
 * @param versions of the engine and of DJL; the failure's words where it does not load
 * @param library the folder with PyTorch's native libraries, null where they did not load
 * @param threads PyTorch's own: within an operation, and between operations
 * @param gpus one line for each CUDA device that the engine sees
 * @param failure why the engine does not work, null where it does
 * @param tokenizers why the tokenizers' library does not work, null where it does
 */
public record EngineReport(
        String versions,
        @Nullable String library,
        String threads,
        List<String> gpus,
        @Nullable String failure,
        @Nullable String tokenizers) {
    public EngineReport {
        gpus = List.copyOf(gpus);
    }

    /** The smallest tokenizer there is; encoding with it needs the native library. */
    private static final String TOKENIZER = """
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
             "pre_tokenizer": null, "post_processor": null, "decoder": null,
             "model": {"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "a"}}
            """;

    /** Loads the engine, adds two numbers on the CPU, and encodes a letter. Never throws for what does not work. */
    public static EngineReport make() {
        String tokenizers = encodingFailure();
        try (NDManager manager = Backend.cpu()) {
            Engine engine = manager.getEngine();
            float sum = manager.create(new float[] {1, 2}).sum().getFloat();
            return new EngineReport(
                    engine.getEngineName() + " " + engine.getVersion() + ", DJL " + Engine.getDjlVersion(),
                    LibUtils.getLibtorchPath(),
                    JniUtils.getNumThreads() + " within an operation, " + JniUtils.getNumInteropThreads() + " between",
                    gpus(engine),
                    sum == 3 ? null : "1 + 2 is " + sum,
                    tokenizers);
        } catch (RuntimeException | LinkageError e) {
            return new EngineReport("does not load", null, "unknown", List.of(), words(e), tokenizers);
        }
    }

    private static List<String> gpus(Engine engine) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < engine.getGpuCount(); i++) {
            String memory;
            try {
                var usage = CudaUtils.getGpuMemory(Device.gpu(i));
                memory = (usage.getMax() >> 20) + " MiB memory, " + (usage.getMax() - usage.getCommitted() >> 20)
                        + " MiB of it free, compute capability " + CudaUtils.getComputeCapability(i);
            } catch (RuntimeException | LinkageError e) {
                memory = "memory unknown: " + words(e);
            }
            out.add("cuda:" + i + ", " + memory);
        }
        return out;
    }

    private static @Nullable String encodingFailure() {
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(TOKENIZER.getBytes(StandardCharsets.UTF_8)),
                Map.of("truncation", "false", "padding", "false"))) {
            long id = tokenizer.encode("a", false, false).getIds()[0];
            return id == 0 ? null : "'a' is token " + id;
        } catch (IOException | RuntimeException | LinkageError e) {
            return words(e);
        }
    }

    /** The innermost cause is the one that names the missing file. */
    static String words(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Reason.of(cause);
    }
}
