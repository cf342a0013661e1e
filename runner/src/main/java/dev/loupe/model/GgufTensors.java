package dev.loupe.model;

import dev.loupe.tensors.DType;
import dev.loupe.tensors.GgufFile;
import dev.loupe.tensors.Tensor;
import dev.loupe.tensors.TensorFileException;
import dev.loupe.tensors.TensorSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A GGUF file's tensors under the hub's names. For Llama the converter has put the rows of queries and keys into the order
 * of interleaved rotary pairs; they are put back: [head, d_head/2, 2, ...] to [head, 2, d_head/2, ...].
 */
final class GgufTensors implements TensorSource {
    private static final Pattern BLOCK = Pattern.compile("blk\\.([0-9]{1,6})\\.([a-z_]+)\\.(weight|bias)");
    private static final Map<String, String> PARTS = Map.of(
            "attn_norm", "input_layernorm",
            "ffn_norm", "post_attention_layernorm",
            "attn_q", "self_attn.q_proj",
            "attn_k", "self_attn.k_proj",
            "attn_v", "self_attn.v_proj",
            "attn_output", "self_attn.o_proj",
            "ffn_gate", "mlp.gate_proj",
            "ffn_up", "mlp.up_proj",
            "ffn_down", "mlp.down_proj");
    private static final Map<String, String> WHOLE = Map.of(
            "token_embd.weight", "model.embed_tokens.weight",
            "output_norm.weight", "model.norm.weight",
            "output.weight", "lm_head.weight");

    private final GgufFile gguf;
    private final int heads;
    private final int shared;
    private final TreeMap<String, String> own = new TreeMap<>();

    /**
     * @param heads query heads whose rows are to be put back; 0 where they are in the hub's order
     * @param shared key and value heads
     */
    GgufTensors(GgufFile gguf, int heads, int shared) {
        this.gguf = gguf;
        this.heads = heads;
        this.shared = shared;
        gguf.names().forEach(name -> own.put(hub(name), name));
    }

    /** A name that no family has stays as it is, and is reported as no part of the model. */
    private static String hub(String name) {
        Matcher block = BLOCK.matcher(name);
        String part = block.matches() ? PARTS.get(block.group(2)) : null;
        return part == null
                ? WHOLE.getOrDefault(name, name)
                : "model.layers." + block.group(1) + "." + part + "." + block.group(3);
    }

    private String own(String name) {
        String found = own.get(name);
        if (found == null) {
            throw new TensorFileException(gguf.file(), name, "is not in the file");
        }
        return found;
    }

    @Override
    public Path file() {
        return gguf.file();
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet((SortedSet<String>) own.keySet());
    }

    @Override
    public long[] shape(String name) {
        return gguf.shape(own(name));
    }

    @Override
    public String type(String name) {
        return gguf.type(own(name));
    }

    @Override
    public boolean isFloating(String name) {
        return gguf.isFloating(own(name));
    }

    @Override
    public void stored(String name, Consumer<ByteBuffer> to) {
        gguf.stored(own(name), to);
    }

    @Override
    public float[] floats(String name) {
        int groups = groups(name);
        float[] values = gguf.floats(own(name));
        return groups > 0 ? halves(values, groups, (int) (shape(name)[0] / groups)) : values;
    }

    /** Heads whose rows are to be put back. */
    private int groups(String name) {
        return name.contains(".q_proj.") ? heads : name.contains(".k_proj.") ? shared : 0;
    }

    /** A bias of queries or keys is one row, so that it goes as a whole. */
    @Override
    public void rows(String name, Rows to) {
        int groups = groups(name);
        if (groups > 0 && shape(name).length < 2) {
            TensorSource.super.rows(name, to);
            return;
        }
        int dHead = groups == 0 ? 1 : (int) (shape(name)[0] / groups);
        gguf.rows(own(name), groups == 0 ? to : (row, from, at) -> to.take(hubRow(row, dHead), from, at));
    }

    private static int hubRow(int row, int dHead) {
        return row / dHead * dHead + row % 2 * (dHead / 2) + row % dHead / 2;
    }

    private static float[] halves(float[] values, int groups, int dHead) {
        int width = values.length / (groups * dHead);
        float[] out = new float[values.length];
        for (int head = 0; head < groups; head++) {
            for (int row = 0; row < dHead; row++) {
                int from = head * dHead + row;
                int to = hubRow(from, dHead);
                System.arraycopy(values, from * width, out, to * width, width);
            }
        }
        return out;
    }

    @Override
    public Tensor tensor(String name) {
        float[] values = floats(name);
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new Tensor(name, DType.F32, shape(name), bytes);
    }
}
