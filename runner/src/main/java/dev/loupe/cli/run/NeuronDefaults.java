package dev.loupe.cli.run;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where {@code loupe neuron} has other defaults than {@code run}: pages of one text share what is kept of it. */
public final class NeuronDefaults implements IDefaultValueProvider {
    /** Enough for every block of a model of 135 million parameters on 20,000 tokens. */
    private static final String KEEP = "2GB";

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option && option.longestName().equals("--keep") ? KEEP : null;
    }
}
