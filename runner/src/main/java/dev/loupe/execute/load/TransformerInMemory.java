package dev.loupe.execute.load;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.dictionary.DictionaryFolder;
import dev.loupe.model.forward.Parameters;
import dev.loupe.model.forward.Precision;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.TlTensors;
import dev.loupe.model.weights.TlWeights;
import dev.loupe.plan.ask.ModelShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A transformer in memory, on one device. */
final class TransformerInMemory implements LoadedModel {
    private final ModelShape shape;
    private final TlWeights weights;
    private final Transformer transformer;
    private final @Nullable String hash;
    private final NDManager manager;

    /**
     * @param weights after processing
     * @param dictionaries that are attached to it
     * @param hash what identifies them where that is known; null to have them hashed
     */
    TransformerInMemory(
            ModelShape shape,
            TransformerConfig config,
            TlWeights weights,
            @Nullable String hash,
            List<DictionaryFolder> dictionaries,
            NDManager manager,
            Precision precision) {
        this.shape = shape;
        this.hash = hash;
        this.weights = weights;
        this.manager = manager;
        this.transformer = new Transformer(
                Parameters.of(config, weights, manager, precision),
                dictionaries.stream().map(one -> one.load(manager)).toList());
    }

    @Override
    public Transformer transformer() {
        return transformer;
    }

    @Override
    public WeightAccess weights(NDManager scope) {
        return new TransformerWeights(shape, transformer, scope);
    }

    /** SHA-256 over names, shapes and float32 bytes, names sorted; for weights from a folder its files' hash. */
    @Override
    public String hash() {
        if (hash != null) {
            return hash;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            var shapes = TlTensors.of(transformer.config());
            for (String name : new TreeSet<>(shapes.keySet())) {
                digest.update((name + java.util.Arrays.toString(shapes.get(name))).getBytes(StandardCharsets.UTF_8));
                float[] values = weights.read(name);
                ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
                for (float value : values) {
                    if (!bytes.hasRemaining()) {
                        digest.update(bytes.flip());
                        bytes.clear();
                    }
                    bytes.putFloat(value);
                }
                digest.update(bytes.flip());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        transformer.close();
        manager.close();
    }
}
