package dev.loupe.cli;

import dev.loupe.cli.option.SpecFiles;
import dev.loupe.cli.option.SpecOptions;
import dev.loupe.cli.run.SpecErrors;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Failure;
import dev.loupe.cli.terminal.ProblemText;
import dev.loupe.cli.terminal.Session;
import dev.loupe.model.card.CardFile;
import dev.loupe.resolve.SpecFile;
import dev.loupe.schema.problem.Notice;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.text.VisibleText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code loupe validate FILE...}: every problem of every file, before anything is loaded. */
@Command(
        name = "validate",
        description =
                "Check specs and cards and print all problems with file, line and column. Variants that are not named are "
                        + "read but not planned.")
final class ValidateCommand implements Callable<ExitCode> {
    private final Session session;

    @Mixin
    private SpecFiles specs = new SpecFiles();

    @Mixin
    private SpecOptions options = new SpecOptions();

    ValidateCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() {
        List<Path> files = specs.all();
        if (files.size() == 1) {
            return check(files.get(0));
        }
        SpecErrors errors = new SpecErrors(session, options);
        ExitCode worst = ExitCode.CLAIMS_HOLD;
        int sound = 0;
        for (Path file : files) {
            List<ExitCode> exits = new ArrayList<>();
            Failure failure = errors.of(file, () -> exits.add(check(file)));
            ExitCode exit = failure == null ? exits.get(0) : failure.exit();
            sound += exit == ExitCode.CLAIMS_HOLD ? 1 : 0;
            worst = worst.worse(exit);
        }
        session.terminal().out().println(sound + " of " + files.size() + " files are valid");
        return worst;
    }

    /** A card is read with what it names, such as the card that its training begins with. */
    private ExitCode card(Path file) {
        Problems problems = new Problems();
        gather(
                problems,
                () -> session.terminal()
                        .out()
                        .println(VisibleText.line(file + ": ok, the card `"
                                + options.catalog(session).read(file).name() + "`")));
        if (problems.isEmpty()) {
            return ExitCode.CLAIMS_HOLD;
        }
        session.terminal().err().println(ProblemText.of(problems.sorted()));
        return ExitCode.INPUT_WRONG;
    }

    private ExitCode check(Path file) {
        if (CardFile.isInsteadOfSpec(file)) {
            return card(file);
        }
        SpecFile spec = options.spec(file, session);
        Problems problems = new Problems();
        gather(problems, spec::check);
        List<String> variants = new ArrayList<>();
        if (options.variant == null) {
            gather(problems, () -> variants.addAll(spec.checkVariants()));
        }
        if (problems.isEmpty()) {
            notes(spec, variants).forEach(session.terminal().out()::println);
            session.terminal().out().println(VisibleText.line(file + ": ok" + said(variants)));
            return ExitCode.CLAIMS_HOLD;
        }
        session.terminal().err().println(ProblemText.of(problems.sorted()));
        return ExitCode.INPUT_WRONG;
    }

    /** What the spec, or each of its variants, leaves out of what it builds on. */
    private static List<Notice> notes(SpecFile spec, List<String> variants) {
        return Stream.concat(Stream.of(spec), variants.stream().map(spec::in))
                .flatMap(each -> each.notices().stream())
                .filter(notice -> notice.level() == Notice.Level.NOTE)
                .distinct()
                .toList();
    }

    private static void gather(Problems problems, Runnable check) {
        try {
            check.run();
        } catch (SpecException e) {
            problems.addAll(e.problems());
        }
    }

    /** A variant's models may be large or not at hand, so without its name only what is written is looked at. */
    private static String said(List<String> variants) {
        return variants.isEmpty()
                ? ""
                : "; also checked the keys and values of variant" + (variants.size() == 1 ? " " : "s ")
                        + String.join(", ", variants) + " (`--variant NAME` checks one against its models and data)";
    }
}
