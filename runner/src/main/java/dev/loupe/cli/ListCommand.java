package dev.loupe.cli;

import dev.loupe.cli.option.Home;
import dev.loupe.cli.option.SpecOptions;
import dev.loupe.cli.reference.CommandText;
import dev.loupe.cli.reference.KeywordPage;
import dev.loupe.cli.reference.Keywords;
import dev.loupe.cli.reference.ReferencePages;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Listing;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.failure.UserInputException;
import dev.loupe.hook.Site;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.CheckpointNaming;
import dev.loupe.model.card.DictionaryCard;
import dev.loupe.model.card.PublicCard;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.model.published.CorpusChoice;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.schema.TypeCatalog;
import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.schema.problem.SpecException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loupe list [NAME]}: what there is to use. */
@Command(name = "list", description = "List experiments, models and every keyword of specs, or document one keyword.")
final class ListCommand implements Callable<ExitCode> {
    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "A keyword of the spec language, to show its keys, defaults and an example. Default: list "
                    + "everything.")
    private @Nullable String name;

    @Option(
            names = "--markdown",
            paramLabel = "DIR",
            description =
                    "Write everything about keywords, model cards, hook points and commands as Markdown pages into "
                            + "this folder, instead of printing it.")
    private @Nullable Path markdown;

    @Mixin
    private SpecOptions options = new SpecOptions();

    ListCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() throws IOException {
        if (markdown != null) {
            write(markdown);
            return ExitCode.CLAIMS_HOLD;
        }
        if (name != null) {
            document(name);
            return ExitCode.CLAIMS_HOLD;
        }
        Terminal terminal = session.terminal();
        PrintStream out = terminal.out();
        Listing listing = new Listing(out, terminal.columns());
        experiments(listing);
        ModelCatalog catalog = options.catalog(session);
        out.println();
        listing.heading("Models that Loupe trains, and models in folders");
        for (String name : catalog.own()) {
            listing.entry(name, title(catalog, name));
        }
        out.println();
        published(listing, catalog);
        out.println();
        corpora(listing, catalog);
        out.println();
        dictionaries(listing, catalog);
        Keywords.all().forEach(family -> words(listing, family));
        out.println();
        listing.heading("Sites");
        for (Site site : Site.values()) {
            listing.entry(site.canonical(), site.shown() + " " + site.axes());
        }
        return ExitCode.CLAIMS_HOLD;
    }

    private void write(Path folder) throws IOException {
        if (name != null) {
            throw new UserInputException("--markdown writes the pages of all keywords: leave out `" + name + "`");
        }
        Files.createDirectories(folder);
        for (Map.Entry<String, String> page : pages(session).entrySet()) {
            Files.writeString(folder.resolve(page.getKey()), page.getValue());
        }
    }

    /** The reference pages by their file names. */
    static Map<String, String> pages(Session session) {
        Map<String, String> pages = ReferencePages.all();
        CommandLine root = Commands.whole(Commands.own(), session);
        pages.put("commands.md", CommandText.text(root.getCommandSpec()));
        return pages;
    }

    /** One broken card must not hide the other models. */
    private static String title(ModelCatalog catalog, String name) {
        try {
            CardFile file = catalog.card(name);
            return file == null ? "" : file.card().title();
        } catch (SpecException e) {
            return "its card has an error: " + e.problems().get(0);
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

    private static void corpora(Listing listing, ModelCatalog catalog) {
        listing.heading(
                "Corpora (dataset `{generator: text, corpus: NAME}`; downloaded like public models; + is downloaded)");
        catalog.corpora()
                .forEach((name, corpus) -> listing.entry(
                        name + (catalog.downloaded(new CorpusChoice(name, corpus)) == null ? "" : "+"),
                        corpus.repository() + ", licence: " + corpus.licence()));
    }

    /** The dictionaries of a card stand together; `+` marks those that are downloaded. */
    private static void dictionaries(Listing listing, ModelCatalog catalog) {
        listing.heading(
                "Dictionaries of features (model `{dictionary: NAME, of: MODEL}`; downloaded like public models; "
                        + "+ is downloaded)");
        for (DictionaryCard card : catalog.dictionaryCards()) {
            listing.under(
                    card.title(),
                    card.every().values().stream()
                            .map(one -> one.name() + (catalog.downloaded(one) == null ? "" : "+"))
                            .collect(Collectors.joining(" ")));
        }
    }

    private static void experiments(Listing listing) {
        listing.heading("Experiments");
        Path home = Home.folder();
        SpecFolder.shipped(home)
                .specs()
                .forEach(spec -> listing.under(home.relativize(spec).toString(), SpecFolder.text(spec, "question")));
    }

    /** One keyword may mean something in several families. */
    private void document(String word) {
        boolean found = false;
        List<String> known = new ArrayList<>();
        for (Keywords family : Keywords.all()) {
            for (TypeCatalog.Entry entry : TypeCatalog.of(family.type())) {
                known.add(entry.word());
                if (entry.word().equals(word)) {
                    if (found) {
                        session.terminal().out().println();
                    }
                    new KeywordPage(session.terminal()).print(family.one(), entry);
                    found = true;
                }
            }
        }
        Site site = Site.ofSpelling(word);
        if (site != null) {
            new Listing(session.terminal().out(), session.terminal().columns())
                    .entry(site.canonical(), site.shown() + " " + site.axes());
        } else if (!found) {
            known.addAll(Site.spellings());
            String near = DidYouMean.to(word, known);
            throw new UserInputException("there is no keyword `" + word + "`"
                    + (near == null ? "; `loupe list` prints all of them" : "; did you mean `" + near + "`?"));
        }
    }

    private void words(Listing listing, Keywords family) {
        session.terminal().out().println();
        listing.heading(family.heading());
        for (TypeCatalog.Entry entry : TypeCatalog.of(family.type())) {
            listing.entry(entry.word(), entry.doc());
        }
    }
}
