package dev.loupe.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.failure.Reason;
import dev.loupe.failure.UserInputException;
import dev.loupe.report.RatingPage;
import dev.loupe.report.rating.RatedShares;
import dev.loupe.report.rating.RatingForm;
import dev.loupe.report.rating.RatingKey;
import dev.loupe.report.rating.Ratings;
import dev.loupe.report.rating.Share;
import dev.loupe.result.RunResult;
import dev.loupe.text.Count;
import dev.loupe.text.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loupe rate}: neurons for people to judge without knowing whose they are, and what their judgements come to. */
@Command(
        name = "rate",
        description = {
            "Write a form on which people judge examples of neurons without knowing which model they are of, or score forms "
                    + "that were filled in.",
            "`rate RUN...` takes the top examples that `max-activating` shows in finished runs, as many neurons of each "
                    + "measurement, and mixtures of different neurons, in random order. The page works offline and saves what is "
                    + "chosen as a file; which card is which is in " + RatingPage.KEY + ", which raters must not see.",
            "`rate --key FILE RATINGS...` says of each measurement which share of its neurons was called one meaning."
        })
public final class RateCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "Folders of finished runs; with --key the files that raters saved.")
    private List<Path> given = List.of();

    @Option(names = "--key", paramLabel = "FILE", description = "The key of the form, to score ratings of it.")
    private @Nullable Path key;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the form and its key. Default: the current folder.")
    private Path out = Path.of("");

    @Option(
            names = "--neurons",
            paramLabel = "N",
            defaultValue = "30",
            description = "Neurons of each measurement. Default: ${DEFAULT-VALUE}.")
    private int neurons;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "10",
            description = "Examples on a card. Default: ${DEFAULT-VALUE}.")
    private int examples;

    @Option(
            names = "--mixtures",
            paramLabel = "N",
            defaultValue = "10",
            description = "Cards with examples of different neurons. Default: ${DEFAULT-VALUE}.")
    private int mixtures;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of what is drawn. Default: ${DEFAULT-VALUE}.")
    private long seed;

    private final Session session;

    RateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (key == null) {
            write();
        } else {
            score(key);
        }
        return ExitCode.CLAIMS_HOLD.code();
    }

    private void say(String line) {
        session.terminal().out().println(VisibleText.line(line));
    }

    private void write() throws IOException {
        Map<String, RunResult> runs = new LinkedHashMap<>();
        for (Path folder : given) {
            String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
            if (runs.put(name, FinishedRun.read(folder)) != null) {
                throw new UserInputException("two runs have the name " + name);
            }
        }
        RatingForm form;
        try {
            form = RatingForm.of(runs, new RatingForm.Size(neurons, examples, mixtures, seed));
        } catch (IllegalArgumentException e) {
            throw new UserInputException(String.valueOf(e.getMessage()), e);
        }
        new RatingPage().write(form, out);
        say(out.resolve(RatingPage.FILE) + ": " + Count.of(form.cards().size(), "card"));
        say(out.resolve(RatingPage.KEY) + ": which card is which; raters must not see it");
    }

    private void score(Path file) {
        RatingKey known = read(file, RatingKey::of);
        List<Ratings> all = new ArrayList<>();
        for (Path each : given) {
            all.add(read(each, json -> Ratings.of(json, known)));
            rater(known, all.get(all.size() - 1));
        }
        for (int a = 0; a < all.size(); a++) {
            for (int b = a + 1; b < all.size(); b++) {
                pair(all.get(a), all.get(b));
            }
        }
    }

    private void rater(RatingKey known, Ratings ratings) {
        say("Rater " + ratings.rater() + " judged " + ratings.choices().size() + " of "
                + Count.of(known.cards().size(), "card"));
        List<Map.Entry<String, Share>> shares =
                List.copyOf(RatedShares.of(known, ratings).entrySet());
        for (Map.Entry<String, Share> group : shares) {
            Share share = group.getValue();
            say("  " + group.getKey() + ": one meaning in " + share.count() + " of " + share.of() + ", "
                    + number(share.value()) + range(share.interval()));
        }
        for (int a = 0; a < shares.size(); a++) {
            for (int b = a + 1; b < shares.size(); b++) {
                Share first = shares.get(a).getValue();
                Share second = shares.get(b).getValue();
                say("  " + shares.get(a).getKey() + " less " + shares.get(b).getKey() + ": "
                        + number(first.value() - second.value()) + range(first.less(second)));
            }
        }
    }

    private void pair(Ratings first, Ratings second) {
        RatedShares.agreement(first, second)
                .ifPresent(agreed -> say("Raters " + first.rater() + " and " + second.rater() + " agree on "
                        + agreed.count() + " of " + Count.of(agreed.of(), "card") + "; Cohen's kappa "
                        + number(RatedShares.kappa(first, second))));
    }

    private static String range(Share.Range range) {
        return " (" + number(range.low()) + " to " + number(range.high()) + ")";
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "undefined" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static <T> T read(Path file, Function<JsonNode, T> of) {
        try {
            return of.apply(JSON.readTree(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UserInputException(file + " cannot be read: " + Reason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new UserInputException(file + ": " + e.getMessage(), e);
        }
    }
}
