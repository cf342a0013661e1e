package dev.loupe.cli;

import dev.loupe.cli.option.GlobalOptions;
import dev.loupe.cli.option.Home;
import dev.loupe.cli.terminal.BarRenderer;
import dev.loupe.cli.terminal.CommandEntry;
import dev.loupe.cli.terminal.ErrorScreen;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Interruption;
import dev.loupe.cli.terminal.LineRenderer;
import dev.loupe.cli.terminal.PathArgument;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.StageRenderer;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.TickingProgress;
import dev.loupe.cli.terminal.Version;
import dev.loupe.model.folder.KnownHashes;
import dev.loupe.progress.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;

/** The front door: understands the words, runs one command, says what went wrong, and chooses the exit code. */
public final class Main {
    /** Options that ask for something without a command. */
    private static final Set<String> OVERVIEW = Set.of("-h", "--help", "-V", "--version");

    private final Session session;
    private final List<CommandEntry> commands;

    Main(Session session, List<CommandEntry> commands) {
        this.session = session;
        this.commands = commands;
    }

    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        List<String> words = List.of(args);
        Terminal terminal = Terminal.ofProcess(environment, words.contains("--no-color"));
        // The log, and whatever a library says by itself, goes the same way.
        System.setErr(terminal.err());
        KnownHashes.keepIn(Home.cache(environment).resolve(".hashes"));
        StopSignal stop = new StopSignal();
        Interruption interruption = Interruption.watch(stop, Thread.currentThread(), terminal.err());
        StageRenderer renderer = terminal.errorIsTerminal()
                ? new BarRenderer(terminal.styledErr(), terminal.columns())
                : new LineRenderer(terminal.err(), System::nanoTime);
        ExitCode exit;
        try (TickingProgress progress = new TickingProgress(renderer, System::nanoTime)) {
            exit = new Main(new Session(terminal, progress, stop, environment), Commands.all()).run(words);
        }
        interruption.workIsOver();
        System.exit(exit.code());
    }

    /** Runs the command that the words ask for. Never throws. */
    ExitCode run(List<String> words) {
        ErrorScreen errors = new ErrorScreen(session.terminal().err(), session.stop());
        GlobalOptions options = new GlobalOptions();
        ExitCode exit;
        try {
            exit = execute(words, options, errors);
        } catch (Throwable e) {
            // Errors too: a missing native library or a full heap must end with a sentence and its own exit code.
            session.progress().done();
            exit = errors.show(e, options.debug, words);
        }
        session.terminal().close();
        IOException unwritten = session.terminal().sink().failure();
        return unwritten == null ? exit : errors.show(unwritten, options.debug, words);
    }

    private ExitCode execute(List<String> words, GlobalOptions options, ErrorScreen errors) {
        Optional<String> command =
                words.stream().filter(word -> !word.startsWith("-")).findFirst();
        if (command.isPresent()
                && commands.stream().noneMatch(entry -> entry.name().equals(command.get()))) {
            // Said here, since an unknown word beside --help would pass for a wish to see the overview.
            return errors.showUnknownCommand(command.get(), commands);
        }
        if (command.isEmpty() && words.stream().noneMatch(OVERVIEW::contains)) {
            return errors.showNoCommand(commands);
        }
        CommandLine root = new CommandLine(options);
        root.getCommandSpec().versionProvider(() -> new String[] {"loupe " + Version.number()});
        Commands.hangOn(root, commands, session, words);
        exitCodes(root);
        root.registerConverter(Path.class, new PathArgument());
        root.setColorScheme(
                CommandLine.Help.defaultColorScheme(session.terminal().color() ? Ansi.ON : Ansi.OFF));
        root.setUsageHelpWidth(Math.max(60, Math.min(120, session.terminal().columns())));
        PrintWriter out = new PrintWriter(session.terminal().styledOut(), true, StandardCharsets.UTF_8);
        root.setOut(out);
        // Picocli prints what its handlers throw, so they say what went wrong themselves and leave the answer here.
        AtomicReference<@Nullable ExitCode> outcome = new AtomicReference<>();
        root.setParameterExceptionHandler((error, unused) -> {
            outcome.set(errors.showUsage(error));
            return ExitCode.INPUT_WRONG.code();
        });
        root.setExecutionExceptionHandler((error, unused, unused2) -> {
            session.progress().done();
            outcome.set(errors.show(error, options.debug, words));
            return ExitCode.OUR_FAULT.code();
        });
        root.execute(words.toArray(String[]::new));
        out.flush();
        ExitCode failed = outcome.get();
        return failed != null ? failed : answerOf(root.getParseResult());
    }

    /** The help of every command ends with how it can end. */
    private static void exitCodes(CommandLine root) {
        List<CommandLine> all = new ArrayList<>(root.getSubcommands().values());
        all.add(root);
        for (CommandLine line : all) {
            line.getCommandSpec()
                    .usageMessage()
                    .exitCodeListHeading("%nExit codes:%n")
                    .exitCodeList(ExitCode.table());
        }
    }

    /** What the command itself answered; help and version answer nothing and are well. */
    private static ExitCode answerOf(@Nullable ParseResult parsed) {
        for (ParseResult at = parsed; at != null; at = at.subcommand()) {
            for (CommandLine line : at.asCommandLineList()) {
                if (line.getExecutionResult() instanceof ExitCode exit) {
                    return exit;
                }
                if (line.getExecutionResult() instanceof Integer code) {
                    return ExitCode.ofCode(code);
                }
            }
        }
        return ExitCode.CLAIMS_HOLD;
    }
}
