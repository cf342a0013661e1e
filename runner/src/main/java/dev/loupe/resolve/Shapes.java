package dev.loupe.resolve;

import dev.loupe.model.TransformerConfig;
import dev.loupe.plan.ModelShape;
import java.util.List;

/** The sizes that planning needs, from an architecture. */
final class Shapes {
    private Shapes() {}

    static ModelShape of(TransformerConfig c) {
        return new ModelShape(
                "transformer",
                c.nLayers(),
                c.dModel(),
                c.nHeads(),
                c.nKeyValueHeads(),
                c.dHead(),
                c.dMlp(),
                c.dVocab(),
                c.dVocabOut(),
                c.nCtx(),
                c.attnOnly(),
                c.gatedMlp(),
                c.parallelAttnMlp(),
                List.of());
    }
}
