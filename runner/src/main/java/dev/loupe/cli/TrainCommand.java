package dev.loupe.cli;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.cli.option.Home;
import dev.loupe.cli.option.ModelFolders;
import dev.loupe.cli.option.ThreadsOption;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.TrainedCard;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.train.HeldOutFigures;
import dev.loupe.train.TrainedModels;
import dev.loupe.train.WeightsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loupe train CARD...}: the weights of models that we train ourselves, by the recipes of their cards. */
@Command(name = "train", description = "Train models from their cards, or resume a stopped training.")
public final class TrainCommand implements Callable<ExitCode> {
    @Parameters(arity = "1..*", paramLabel = "CARD", description = "Name of a model that has a card, or a card file.")
    private List<String> cards = new ArrayList<>();

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "SEED",
            description = "Seeds to train. Default: all seeds " + "of the card.")
    private List<Long> seeds = new ArrayList<>();

    @Mixin
    private ModelFolders models = new ModelFolders();

    @Option(names = "--out", paramLabel = "DIR", description = "Write to DIR/NAME. Default: weights/ next to the card.")
    private @Nullable Path out;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "The device: cpu or gpu. Default: " + "${DEFAULT-VALUE}.")
    private String device = "cpu";

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    private final Session session;

    TrainCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() {
        threads.use();
        List<CardFile> files = new ArrayList<>();
        for (String card : cards) {
            files.add(read(card));
        }
        files.forEach(TrainedModels::trained);
        try (NDManager manager = Backend.manager(device)) {
            TrainedModels trainer = new TrainedModels(manager, Backend.gradients(manager));
            for (CardFile file : files) {
                train(file, trainer, manager);
            }
        }
        return ExitCode.CLAIMS_HOLD;
    }

    private CardFile read(String card) {
        if (card.endsWith(".yaml") && Files.isRegularFile(Path.of(card))) {
            return models.catalog(session).read(Path.of(card));
        }
        ModelCatalog catalog = models.catalog(session);
        CardFile found = catalog.card(card);
        if (found == null) {
            String near = DidYouMean.to(card, catalog.own());
            throw new UserInputException("there is no model card \"" + card + "\" in " + catalog.folders()
                    + (near == null ? "" : "; did you mean " + near + "?"));
        }
        return found;
    }

    private void train(CardFile file, TrainedModels trainer, NDManager manager) {
        TrainedCard card = TrainedModels.trained(file);
        WeightsFiles weights = new WeightsFiles(file, out == null ? file.weightsFolder() : out.resolve(file.name()));
        List<Long> wanted = seeds.isEmpty() ? card.recipe().seeds() : seeds;
        List<Long> missing =
                wanted.stream().filter(seed -> !weights.complete(seed)).toList();
        trainer.train(weights, missing, Home.cache(session.environment()), session.progress(), session.stop());
        session.progress().done();
        for (long seed : wanted) {
            String figures = HeldOutFigures.measure(file, weights.last(seed), manager).entrySet().stream()
                    .map(e -> String.format(Locale.ROOT, "%s %.5f", e.getKey(), e.getValue()))
                    .collect(Collectors.joining(", "));
            session.terminal().out().println(weights.last(seed) + "\n  " + figures);
        }
    }
}
