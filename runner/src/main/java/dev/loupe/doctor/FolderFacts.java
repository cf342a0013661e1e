package dev.loupe.doctor;

import dev.loupe.failure.Reason;
import dev.loupe.hub.HubCache;
import dev.loupe.hub.HubSettings;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.PublicCard;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.schema.problem.SpecException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where models are looked for, what is there, where files are written, and how much room there is. */
final class FolderFacts {
    private static final String HEADING = "models, in search order";
    private static final String WRITES = "output folders";
    private static final int SHOWN = 12;

    /** Below this a download or a training soon ends in the middle. */
    private static final long LITTLE_ROOM = 1L << 30;

    private final Checkup to;
    private final List<Path> usable = new ArrayList<>();

    FolderFacts(Checkup to) {
        this.to = to;
    }

    /** @param label who named the folder, as in {@code --models} */
    void folder(String label, Path folder) {
        if (!Files.isDirectory(folder)) {
            to.fact(HEADING, label, folder + ": there is no such folder");
            to.lack(label + " names " + folder + ", which does not exist", mendOf(label, folder));
            return;
        }
        if (!Files.isReadable(folder)) {
            to.fact(HEADING, label, folder + ": cannot be read");
            to.lack(folder + " cannot be read", "chmod u+rx " + folder);
            return;
        }
        ModelCatalog alone = new ModelCatalog(List.of(folder));
        List<String> own;
        int published;
        try {
            own = alone.own();
            published = alone.publicCards().stream()
                    .mapToInt(file -> file.card() instanceof PublicCard card
                            ? card.models().size()
                            : 0)
                    .sum();
        } catch (SpecException | UncheckedIOException e) {
            to.fact(HEADING, label, folder + ": " + e.getMessage());
            to.lack(
                    folder + " (" + label + ") has a model card that cannot be read",
                    "./loupe list shows where the error is");
            return;
        }
        usable.add(folder);
        to.fact(
                HEADING,
                label,
                folder + ": " + some(own, "models")
                        + (published > 0 ? "; cards of " + published + " public models" : ""));
    }

    void unset(String label) {
        to.fact(HEADING, label, "not set");
    }

    private static String mendOf(String label, Path folder) {
        return label.equals("models/ of this project")
                ? "git checkout -- models"
                : "mkdir -p " + folder + ", or correct " + label;
    }

    private static String some(List<String> names, String what) {
        String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return names.isEmpty()
                ? "no " + what
                : names.size() + " " + what + ": " + shown + (names.size() > SHOWN ? ", ..." : "");
    }

    /** @param settings null where the variables cannot be understood, which {@code problem} says */
    void hub(@Nullable HubSettings settings, @Nullable String problem, Map<String, String> environment) {
        if (settings == null) {
            to.fact(HEADING, "hub", String.valueOf(problem));
            String variable = String.valueOf(problem).contains("HF_ENDPOINT") ? "HF_ENDPOINT" : "HF_TOKEN";
            to.lack("the hub's variables cannot be used: " + problem, "unset " + variable);
            return;
        }
        List<String> downloaded = new ArrayList<>();
        HubCache cache = new HubCache(settings.cache());
        for (CardFile file : new ModelCatalog(usable).publicCards()) {
            if (file.card() instanceof PublicCard card) {
                card.models().forEach((name, model) -> {
                    if (cache.find(new PublicChoice(name, card, model, null)) != null) {
                        downloaded.add(name);
                    }
                });
            }
        }
        to.fact(HEADING, "hub's cache", settings.cache() + ": " + some(downloaded, "public models"));
        to.fact(
                HEADING,
                "hub",
                settings.endpoint() + (environment.containsKey("HF_ENDPOINT") ? " (HF_ENDPOINT)" : "") + "; token "
                        + (settings.token() == null ? "not set" : "set")
                        + (settings.offline() ? "; offline: nothing is downloaded" : ""));
    }

    /** A folder that Loupe makes and writes by itself, and the room where it lies. */
    void written(String label, Path folder) {
        Path there = folder.toAbsolutePath().normalize();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null || !Files.isDirectory(there) || !Files.isWritable(there)) {
            to.fact(WRITES, label, folder + ": cannot be written");
            to.lack(folder + " (" + label + ") cannot be written", "mkdir -p " + folder + " && chmod u+rwx " + folder);
            return;
        }
        try {
            FileStore store = Files.getFileStore(there);
            long room = store.getUsableSpace();
            to.fact(
                    WRITES,
                    label,
                    folder + (Files.exists(folder) ? "" : " (not created yet)") + ": " + Bytes.of(room) + " free");
            if (room < LITTLE_ROOM) {
                to.lack("only " + Bytes.of(room) + " free for " + label, "free some space on the disk of " + there);
            }
        } catch (IOException e) {
            to.fact(WRITES, label, folder + ": " + Reason.of(e));
        }
    }
}
