package dev.loupe.hub;

import dev.loupe.model.card.PublicChoice;
import dev.loupe.model.dictionary.DictionaryFolder;
import dev.loupe.model.folder.TokenizerFiles;
import dev.loupe.model.published.CorpusChoice;
import dev.loupe.model.published.DictionaryChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was downloaded before, by us or by the Python tools.
 *
 * @param folder the folder with {@code models--owner--name} and {@code datasets--owner--name}
 */
public record HubCache(Path folder) {
    /** The model where all of it is at hand, under the newest name of its repository; else null. */
    public @Nullable HubSnapshot find(PublicChoice choice) {
        for (String repository : choice.repositories()) {
            RepositoryFolder place = new RepositoryFolder(folder, repository);
            String commit = place.commit(choice.revision());
            HubSnapshot found = commit == null ? null : at(choice, place, commit);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Nullable
    HubSnapshot at(PublicChoice choice, RepositoryFolder place, String commit) {
        Path snapshot = place.snapshot(commit);
        String weights = Files.isDirectory(snapshot) ? WeightNames.among(names(snapshot), choice.weights()) : null;
        if (weights == null) {
            return null;
        }
        Path file = snapshot.resolve(weights);
        boolean whole = !weights.endsWith(WeightNames.INDEX)
                || WeightNames.shards(file).stream().allMatch(shard -> Files.isRegularFile(snapshot.resolve(shard)));
        boolean described = !choice.family().hasConfig() || Files.isRegularFile(snapshot.resolve("config.json"));
        return whole && described
                ? new HubSnapshot(choice, place.repository(), commit, snapshot, file, tokenizer(choice, snapshot))
                : null;
    }

    /** The corpus where all of it is at hand, else null. */
    public @Nullable CorpusSnapshot find(CorpusChoice choice) {
        String commit = folder(folder, choice).commit(choice.corpus().revision());
        return commit == null ? null : at(choice, commit);
    }

    @Nullable
    CorpusSnapshot at(CorpusChoice choice, String commit) {
        Path snapshot = folder(folder, choice).snapshot(commit);
        List<String> files = Files.isDirectory(snapshot) ? choice.corpus().among(names(snapshot)) : List.of();
        return files.isEmpty() || !Shards.whole(files) ? null : new CorpusSnapshot(choice, commit, snapshot, files);
    }

    static RepositoryFolder folder(Path cache, CorpusChoice choice) {
        return new RepositoryFolder(
                cache, RepositoryKind.DATASET, choice.corpus().repository());
    }

    /** The dictionary where all of it is at hand, else null. */
    public @Nullable DictionarySnapshot find(DictionaryChoice choice) {
        RepositoryFolder place = new RepositoryFolder(folder, choice.repository());
        String commit = place.commit(choice.revision());
        return commit == null ? null : at(choice, place, commit);
    }

    static @Nullable DictionarySnapshot at(DictionaryChoice choice, RepositoryFolder place, String commit) {
        Path own = place.snapshot(commit).resolve(choice.folder());
        return DictionaryFolder.isIn(own) ? new DictionarySnapshot(choice, commit, own) : null;
    }

    /** The folder with the model's tokenizer where it is at hand, whether or not its weights are; else null. */
    public @Nullable Path tokenizer(PublicChoice choice) {
        for (String repository : choice.repositories()) {
            RepositoryFolder place = new RepositoryFolder(folder, repository);
            String commit = place.commit(choice.revision());
            Path found = commit == null ? null : tokenizer(choice, place.snapshot(commit));
            if (found != null) {
                return found;
            }
        }
        return tokenizer(choice, folder.resolve("none"));
    }

    /** Its own; else that of the card's repository of tokenizers; else that of the finished model. */
    private @Nullable Path tokenizer(PublicChoice choice, Path snapshot) {
        if (TokenizerFiles.in(snapshot)) {
            return snapshot;
        }
        String elsewhere = choice.family().tokenizer();
        String from = elsewhere != null ? elsewhere : choice.model().repository();
        String revision = elsewhere != null ? "main" : choice.model().revision();
        RepositoryFolder place = new RepositoryFolder(folder, from);
        String commit = place.commit(revision);
        return commit != null && TokenizerFiles.in(place.snapshot(commit)) ? place.snapshot(commit) : null;
    }

    /** Files of a snapshot that lead somewhere, by their paths within it. */
    private static Set<String> names(Path snapshot) {
        try (Stream<Path> files = Files.walk(snapshot, 4)) {
            List<Path> whole = files.filter(Files::isRegularFile).toList();
            return whole.stream()
                    .map(f -> snapshot.relativize(f).toString().replace('\\', '/'))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
