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
import dev.loupe.schema.TypeCatalog;
import dev.loupe.schema.YamlMap;
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
        PrintStream out = session.terminal().out();
        experiments(out);
        ModelCatalog catalog = options.catalog(session);
        out.println("\nModels");
        for (String name : catalog.own()) {
            line(out, name, "");
        }
        published(out, catalog);
        words(out, "Kinds of model", ModelChoice.class);
        words(out, "Datasets (generator: ...)", Dataset.class);
        words(out, "Interventions", Intervention.class);
        words(out, "What an ablation writes (with: ...)", AblationValue.class);
        words(out, "Directions (along: ...)", DirectionChoice.class);
        words(out, "Metrics", Metric.class);
        words(out, "Analyses (in measure:)", Analysis.class);
        words(out, "Nulls (null: ...)", NullChoice.class);
        words(out, "Functions of claims (that: ...)", Expression.class);
        out.println("\nSites");
        for (Site site : Site.values()) {
            line(out, site.canonical(), site.template().replace("{}", "L") + " " + site.axes());
        }
        return ExitCode.CLAIMS_HOLD;
    }

    /** A family's models share a line; `+` marks those that are downloaded. */
    private static void published(PrintStream out, ModelCatalog catalog) {
        out.println("\nPublic models (downloaded on first use, or with `loupe pull`; + is downloaded)");
        for (CardFile file : catalog.publicCards()) {
            PublicCard card = (PublicCard) file.card();
            CheckpointNaming naming = card.checkpoints();
            line(out, card.title(), naming == null ? "" : naming.all().size() + " checkpoints, " + naming.steps());
            StringBuilder names = new StringBuilder("   ");
            card.models().forEach((name, model) -> {
                PublicChoice choice = new PublicChoice(name, card, model, null);
                names.append(' ').append(name).append(catalog.downloaded(choice) == null ? "" : "+");
            });
            out.println(names);
        }
    }

    private static void experiments(PrintStream out) throws IOException {
        out.println("Experiments");
        Path home = Home.folder();
        Path folder = home.resolve("experiments");
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> specs =
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
            for (Path spec : specs) {
                String question = YamlTree.read(spec) instanceof YamlMap map && map.get("question") != null
                        ? String.valueOf(map.get("question"))
                        : "";
                line(out, home.relativize(spec).toString(), text(question));
            }
        }
    }

    /** A scalar prints as a record; its text is what is wanted. */
    private static String text(String shown) {
        int at = shown.indexOf("text=");
        int end = shown.indexOf(", ", at);
        return at < 0 || end < 0 ? shown : shown.substring(at + 5, end);
    }

    private static void words(PrintStream out, String heading, Class<?> type) {
        out.println("\n" + heading);
        for (TypeCatalog.Entry entry : TypeCatalog.of(type)) {
            line(out, entry.word(), entry.doc());
        }
    }

    private static void line(PrintStream out, String word, String doc) {
        out.printf("  %-34s %s%n", word, doc);
    }
}
