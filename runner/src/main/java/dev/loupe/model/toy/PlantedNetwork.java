package dev.loupe.model.toy;

import java.util.Map;

/** A network without tokens whose weights are set by hand. */
public interface PlantedNetwork {
    ToyConfig config();

    /** What it is, in a few words that tell it from others. */
    String label();

    /** The weights by name, [1, ...shape] row-major. */
    Map<String, float[]> weights();
}
