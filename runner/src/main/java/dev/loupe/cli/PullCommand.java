package dev.loupe.cli;

import dev.loupe.cli.option.ModelFolders;
import dev.loupe.cli.option.PublicNames;
import dev.loupe.cli.run.Downloads;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.failure.UserInputException;
import dev.loupe.hub.CorpusSnapshot;
import dev.loupe.hub.DictionarySnapshot;
import dev.loupe.hub.HubSnapshot;
import dev.loupe.model.card.CheckpointNaming;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.model.published.CorpusChoice;
import dev.loupe.model.published.DictionaryChoice;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.schema.shape.IntRange;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loupe pull NAME...}: public models, corpora and dictionaries, from the hub into its cache. */
@Command(
        name = "pull",
        description =
                "Download public models, corpora and dictionaries into the Hugging Face cache, or resume a download.")
final class PullCommand implements Callable<ExitCode> {
    private final Session session;

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME",
            description = "Names of public models, corpora or dictionaries, as listed by loupe list.")
    private List<String> names = List.of();

    @Option(
            names = "--checkpoint",
            split = ",",
            paramLabel = "STEP",
            description = "Checkpoints instead of the final model: a step such as 512, or a range such as 1000..5000.")
    private List<String> checkpoints = List.of();

    @Mixin
    private ModelFolders folders = new ModelFolders();

    PullCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() throws IOException {
        ModelCatalog catalog = folders.catalog(session);
        // Every name is checked before the first byte is fetched.
        List<PublicChoice> wanted = new ArrayList<>();
        List<CorpusChoice> corpora = new ArrayList<>();
        List<DictionaryChoice> dictionaries = new ArrayList<>();
        for (String name : names) {
            CorpusChoice corpus = catalog.corpus(name);
            DictionaryChoice dictionary = corpus == null ? catalog.dictionary(name) : null;
            if (dictionary != null) {
                if (!checkpoints.isEmpty()) {
                    throw new UserInputException(
                            "--checkpoint: " + name + " is a dictionary, which has no checkpoints");
                }
                dictionaries.add(dictionary);
            } else if (corpus == null) {
                wanted.addAll(chosen(PublicNames.find(catalog, name)));
            } else if (checkpoints.isEmpty()) {
                corpora.add(corpus);
            } else {
                throw new UserInputException("--checkpoint: " + name + " is a corpus, which has no checkpoints");
            }
        }
        Downloads downloads = new Downloads(session);
        PrintStream out = session.terminal().out();
        for (PublicChoice choice : wanted) {
            HubSnapshot at = downloads.model(choice);
            out.println(choice.label() + ": " + at.origin() + ", licence: "
                    + choice.family().licence() + "\n  " + at.folder());
        }
        for (CorpusChoice corpus : corpora) {
            CorpusSnapshot at = downloads.corpus(corpus);
            out.println(corpus.name() + ": " + at.origin() + ", licence: "
                    + corpus.corpus().licence() + "\n  " + at.folder());
        }
        for (DictionaryChoice dictionary : dictionaries) {
            DictionarySnapshot at = downloads.dictionary(dictionary);
            out.println(dictionary.name() + ": " + at.origin() + ", licence: " + dictionary.licensed() + "\n  "
                    + at.folder());
        }
        return ExitCode.CLAIMS_HOLD;
    }

    private List<PublicChoice> chosen(PublicChoice model) {
        if (checkpoints.isEmpty()) {
            return List.of(model);
        }
        CheckpointNaming naming = model.family().checkpoints();
        if (naming == null) {
            throw new UserInputException("--checkpoint: " + model.name() + " was published without checkpoints");
        }
        try {
            List<IntRange> ranges = checkpoints.stream().map(IntRange::parse).toList();
            return naming.chosen(ranges, model.name()).stream().map(model::at).toList();
        } catch (IllegalArgumentException e) {
            throw new UserInputException("--checkpoint: " + e.getMessage(), e);
        }
    }
}
