package dev.loupe.cli;

import dev.loupe.analysis.Analysis;
import dev.loupe.claim.Expression;
import dev.loupe.dataset.Dataset;
import dev.loupe.hook.Site;
import dev.loupe.intervention.AblationValue;
import dev.loupe.intervention.DirectionChoice;
import dev.loupe.intervention.Intervention;
import dev.loupe.metric.Metric;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.CheckpointNaming;
import dev.loupe.model.card.PublicCard;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.resolve.ModelCatalog;
import dev.loupe.schema.SpecException;
import dev.loupe.schema.TypeCatalog;
import dev.loupe.schema.YamlMap;
import dev.loupe.schema.YamlScalar;
import dev.loupe.schema.YamlTree;
import dev.loupe.spec.ModelChoice;
import dev.loupe.spec.NullChoice;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code loupe list}: what there is to use. */
@Command(name = "list", description = "List experiments, models, and every word of the spec language with its meaning.")
final class ListCommand implements Callable<ExitCode> {
    private final Session session;

    @Mixin
    private SpecOptions options = new SpecOptions();

    ListCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() throws IOException {
        Terminal terminal = session.terminal();
        PrintStream out = terminal.out();
        Listing listing = new Listing(out, terminal.columns());
        experiments(listing);
        ModelCatalog catalog = options.catalog(session);
        out.println();
        listing.heading("Models that are trained here or lie in a folder");
        for (String name : catalog.own()) {
            listing.entry(name, title(catalog, name));
        }
        out.println();
        published(listing, catalog);
        words(listing, "Kinds of model", ModelChoice.class);
        words(listing, "Datasets (generator: ...)", Dataset.class);
        words(listing, "Interventions", Intervention.class);
        words(listing, "What an ablation writes (with: ...)", AblationValue.class);
        words(listing, "Directions (along: ...)", DirectionChoice.class);
        words(listing, "Metrics", Metric.class);
        words(listing, "Analyses (in measure:)", Analysis.class);
        words(listing, "Nulls (null: ...)", NullChoice.class);
        words(listing, "Functions of claims (that: ...)", Expression.class);
        out.println();
        listing.heading("Sites");
        for (Site site : Site.values()) {
            listing.entry(site.canonical(), site.template().replace("{}", "L") + " " + site.axes());
        }
        return ExitCode.CLAIMS_HOLD;
    }

    /** One broken card must not hide the other models. */
    private static String title(ModelCatalog catalog, String name) {
        try {
            CardFile file = catalog.card(name);
            return file == null ? "" : file.card().title();
        } catch (SpecException e) {
            return "its card is broken: " + e.problems().get(0);
        }
    }

    /** A family's models stand together; `+` marks those that are downloaded. */
    private static void published(Listing listing, ModelCatalog catalog) {
        listing.heading("Public models (downloaded on first use, or with `loupe pull`; + is downloaded)");
        for (CardFile file : catalog.publicCards()) {
            PublicCard card = (PublicCard) file.card();
            CheckpointNaming naming = card.checkpoints();
            StringBuilder names = new StringBuilder();
            card.models().forEach((name, model) -> {
                PublicChoice choice = new PublicChoice(name, card, model, null);
                names.append(name)
                        .append(catalog.downloaded(choice) == null ? "" : "+")
                        .append(' ');
            });
            listing.under(
                    card.title(),
                    names
                            + (naming == null
                                    ? ""
                                    : "(" + naming.all().size() + " checkpoints: " + naming.steps() + ")"));
        }
    }

    private static void experiments(Listing listing) throws IOException {
        listing.heading("Experiments");
        Path home = Home.folder();
        Path folder = home.resolve("experiments");
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> specs =
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
            for (Path spec : specs) {
                listing.under(home.relativize(spec).toString(), question(spec));
            }
        }
    }

    private static String question(Path spec) {
        return YamlTree.read(spec) instanceof YamlMap map && map.get("question") instanceof YamlScalar question
                ? question.text()
                : "";
    }

    private void words(Listing listing, String heading, Class<?> type) {
        session.terminal().out().println();
        listing.heading(heading);
        for (TypeCatalog.Entry entry : TypeCatalog.of(type)) {
            listing.entry(entry.word(), entry.doc());
        }
    }
}
