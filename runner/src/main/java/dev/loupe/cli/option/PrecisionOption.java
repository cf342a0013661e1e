package dev.loupe.cli.option;

import dev.loupe.model.forward.Precision;
import picocli.CommandLine.Option;

/** {@code --dtype}, for every command that computes with a model. */
public final class PrecisionOption {
    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            description = "Number type of weights and products: f32 or f16; norms, softmax and metrics stay f32."
                    + " Default: ${DEFAULT-VALUE}.")
    private String dtype = "f32";

    /** @throws dev.loupe.failure.UserInputException where there is no such type */
    public Precision precision() {
        return Precision.of(dtype);
    }
}
