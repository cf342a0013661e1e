package dev.loupe.hub;

import dev.loupe.failure.EnvironmentException;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.model.dictionary.DictionaryFormat;
import dev.loupe.model.dictionary.ForeignFormat;
import dev.loupe.model.folder.TokenizerFiles;
import dev.loupe.model.published.CorpusChoice;
import dev.loupe.model.published.DictionaryChoice;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.schema.problem.DidYouMean;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings public models, corpora and dictionaries from the hub into its cache. */
public final class Pull {
    private final HubSettings settings;
    private final Progress progress;
    private final StopSignal stop;

    /** @param progress each download is a stage; its units are bytes, and the note says why it waits */
    public Pull(HubSettings settings, Progress progress, StopSignal stop) {
        this.settings = settings;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * All of a model, with its tokenizer. What is at hand is not fetched again.
     *
     * @throws EnvironmentException saying in a sentence what stands in the way and what to do
     */
    public HubSnapshot model(PublicChoice choice) throws IOException {
        HubCache cache = new HubCache(settings.cache());
        HubSnapshot before = cache.find(choice);
        if (settings.offline()) {
            if (before != null) {
                return before;
            }
            throw offline(choice.label() + " (" + choice.model().repository() + ")", choice.command());
        }
        if (before != null && before.tokenizer() != null && RepositoryFolder.isCommit(choice.revision())) {
            return before;
        }
        Repository repository = open(choice.model().repository(), choice.revision());
        Fetch fetch = new Fetch(repository, choice.label());
        Set<String> there = repository.listing().names();
        String weights = WeightNames.among(there, choice.weights());
        if (weights == null) {
            throw new EnvironmentException(
                    choice.model().repository() + " has none of the weights that its card names ("
                            + String.join(", ", choice.weights()) + ") at revision " + choice.revision());
        }
        if (choice.family().hasConfig() && !there.contains("config.json")) {
            throw new EnvironmentException(
                    choice.model().repository() + " has no config.json at revision " + choice.revision());
        }
        Set<String> wanted = new TreeSet<>(choice.family().files());
        wanted.retainAll(there);
        if (weights.endsWith(WeightNames.INDEX)) {
            wanted.addAll(shards(repository, fetch, weights, there));
        }
        wanted.add(weights);
        fetch.all(wanted);
        if (!TokenizerFiles.among(there::contains)) {
            tokenizerElsewhere(choice);
        }
        return whole(cache.at(choice, repository.folder(), repository.listing().commit()), repository);
    }

    /**
     * All files of text of a corpus. What is at hand is not fetched again.
     *
     * @throws EnvironmentException saying in a sentence what stands in the way and what to do
     */
    public CorpusSnapshot corpus(CorpusChoice choice) throws IOException {
        HubCache cache = new HubCache(settings.cache());
        CorpusSnapshot before = cache.find(choice);
        if (before != null
                && (settings.offline()
                        || RepositoryFolder.isCommit(choice.corpus().revision()))) {
            return before;
        }
        String named = choice.corpus().repository();
        if (settings.offline()) {
            throw offline(choice.name() + " (" + named + ")", choice.command());
        }
        Repository repository =
                open(HubCache.folder(settings.cache(), choice), choice.corpus().revision());
        List<String> files = choice.corpus().among(repository.listing().names());
        if (files.isEmpty()) {
            throw new EnvironmentException(named + " has none of the files that its card names ("
                    + String.join(", ", choice.corpus().files()) + ") at revision "
                    + choice.corpus().revision());
        }
        new Fetch(repository, choice.name()).all(Set.copyOf(files));
        return whole(cache.at(choice, repository.listing().commit()), repository);
    }

    /**
     * The files of a dictionary, and no other of its repository. What is at hand is not fetched again.
     *
     * @throws EnvironmentException saying in a sentence what stands in the way and what to do
     */
    public DictionarySnapshot dictionary(DictionaryChoice choice) throws IOException {
        DictionarySnapshot before = new HubCache(settings.cache()).find(choice);
        if (before != null && (settings.offline() || RepositoryFolder.isCommit(choice.revision()))) {
            return before;
        }
        if (settings.offline()) {
            throw offline("the dictionary " + choice.name() + " (" + choice.repository() + ")", choice.command());
        }
        Repository repository = open(choice.repository(), choice.revision());
        Set<String> there = repository.listing().names();
        DictionaryFormat format = DictionaryFormat.among(file -> there.contains(choice.path(file)));
        if (format == null) {
            throw new EnvironmentException(noDictionary(choice, there));
        }
        Set<String> wanted = new TreeSet<>();
        format.files().forEach(file -> wanted.add(choice.path(file)));
        new Fetch(repository, choice.name()).all(wanted);
        return whole(
                HubCache.at(choice, repository.folder(), repository.listing().commit()), repository);
    }

    private EnvironmentException offline(String what, String command) {
        return new EnvironmentException(
                what + " is not in " + settings.cache() + ", and HF_HUB_OFFLINE is set: unset it, then " + command);
    }

    /** What a download brought, where all of it is there. */
    private static <T> T whole(@Nullable T snapshot, Repository repository) {
        if (snapshot == null) {
            throw new EnvironmentException(
                    repository.folder().snapshot(repository.listing().commit())
                            + " is incomplete after the download: remove the folder and pull again");
        }
        return snapshot;
    }

    private static String noDictionary(DictionaryChoice choice, Set<String> there) {
        String inside = choice.path("");
        List<String> here = there.stream()
                .filter(name -> name.startsWith(inside))
                .map(name -> name.substring(inside.length()))
                .filter(name -> !name.contains("/"))
                .toList();
        List<String> folders = there.stream()
                .filter(name -> Arrays.stream(DictionaryFormat.values())
                        .anyMatch(format -> name.endsWith("/" + format.weights())))
                .map(name -> name.substring(0, name.lastIndexOf('/')))
                .toList();
        String near = DidYouMean.to(choice.folder(), folders);
        return choice.repository() + " has no dictionary "
                + (choice.folder().isEmpty() ? "outside its folders" : "in its folder " + choice.folder())
                + " at revision "
                + choice.revision() + ": it needs "
                + Arrays.stream(DictionaryFormat.values())
                        .map(format -> String.join(" and ", format.files()))
                        .collect(Collectors.joining(", or "))
                + (near == null ? "" : "; did you mean the folder " + near + "?")
                + ForeignFormat.said(here)
                + (near != null || folders.isEmpty()
                        ? ""
                        : "; folders with one are " + String.join(", ", folders.subList(0, Math.min(5, folders.size())))
                                + (folders.size() > 5 ? " and " + (folders.size() - 5) + " more" : ""));
    }

    /** Only what reading text needs: the tokenizer. */
    public void tokenizer(PublicChoice choice) throws IOException {
        if (settings.offline()) {
            throw offline("the tokenizer of " + choice.name(), choice.command());
        }
        Repository repository = open(choice.model().repository(), choice.revision());
        if (TokenizerFiles.among(repository.listing().names()::contains)) {
            new Fetch(repository, choice.name() + " tokenizer").all(small(repository));
        } else {
            tokenizerElsewhere(choice);
        }
    }

    private void tokenizerElsewhere(PublicChoice choice) throws IOException {
        String elsewhere = choice.family().tokenizer();
        boolean checkpoint = !choice.revision().equals(choice.model().revision());
        if (elsewhere != null || checkpoint) {
            Repository repository = open(
                    elsewhere != null ? elsewhere : choice.model().repository(),
                    elsewhere != null ? "main" : choice.model().revision());
            new Fetch(repository, choice.name() + " tokenizer").all(small(repository));
        }
    }

    private static Set<String> small(Repository repository) {
        Set<String> there = repository.listing().names();
        Set<String> names = new TreeSet<>(TokenizerFiles.wanted(there::contains));
        names.add("config.json");
        names.retainAll(there);
        return names;
    }

    private static Set<String> shards(Repository repository, Fetch fetch, String index, Set<String> there)
            throws IOException {
        Path file = repository.folder().blob(fetch.blobs(Set.of(index)).get(0));
        Set<String> shards = WeightNames.shards(file);
        if (shards.isEmpty() || !there.containsAll(shards)) {
            throw new EnvironmentException(
                    repository.folder().repository() + "/" + index + " names shards that the repository does not have");
        }
        return shards;
    }

    /** A repository at a commit. */
    private record Repository(RepositoryFolder folder, String revision, HubClient client, RepositoryListing listing) {}

    private Repository open(String repository, String revision) throws IOException {
        return open(new RepositoryFolder(settings.cache(), repository), revision);
    }

    private Repository open(RepositoryFolder folder, String revision) throws IOException {
        HubClient client = new HubClient(settings, stop);
        RepositoryListing listing =
                attempts().at(folder.address(), () -> RepositoryListing.of(client, folder, revision));
        return new Repository(folder, revision, client, listing);
    }

    private Attempts attempts() {
        return new Attempts(settings.patience(), stop, progress);
    }

    /** The download of some files of one repository. */
    private final class Fetch {
        private final Repository repository;
        private final String what;
        private final Refusals refusals;

        Fetch(Repository repository, String what) {
            this.repository = repository;
            this.what = what;
            this.refusals = new Refusals(settings, repository.folder().address(), repository.revision());
        }

        /** Blobs first, all of them; then their names, so that a snapshot is never half there. */
        void all(Set<String> names) throws IOException {
            List<RemoteFile> files = blobs(names);
            for (RemoteFile file : files) {
                repository.folder().link(repository.listing().commit(), file);
            }
            repository
                    .folder()
                    .remember(repository.revision(), repository.listing().commit());
        }

        List<RemoteFile> blobs(Set<String> names) throws IOException {
            List<RemoteFile> files = new Parallel(stop)
                    .each(List.copyOf(names), name -> attempts().at(shown(name), () -> described(name)));
            long total = 0;
            long present = 0;
            List<RemoteFile> distinct = distinct(files);
            for (RemoteFile file : distinct) {
                total = Math.addExact(total, file.size());
                present += BlobDownload.present(repository.folder(), file);
            }
            roomFor(total - present);
            if (total > present) {
                progress.stage("downloading " + what, total);
                progress.advance(present);
            }
            var unused = new Parallel(stop).each(distinct, file -> attempts().at(shown(file.name()), download(file)));
            return files;
        }

        /** Two names of the same bytes are one blob. */
        private static List<RemoteFile> distinct(List<RemoteFile> files) {
            Map<String, RemoteFile> byChecksum = new LinkedHashMap<>();
            files.forEach(file -> byChecksum.putIfAbsent(file.etag(), file));
            return List.copyOf(byChecksum.values());
        }

        private BlobDownload download(RemoteFile file) {
            return new BlobDownload(
                    repository.client(),
                    refusals,
                    repository.folder(),
                    file,
                    repository.listing().commit(),
                    progress);
        }

        private String shown(String name) {
            return repository.folder().repository() + "/" + name;
        }

        private RemoteFile described(String name) throws IOException {
            String path = "/" + repository.folder().address() + "/resolve/"
                    + repository.listing().commit() + "/" + name;
            HubClient client = repository.client();
            HttpResponse<ArrivingBody> answer = client.ask("HEAD", client.at(path), Map.of());
            answer.body().close();
            HttpHeaders headers = answer.headers();
            if (answer.statusCode() >= 400) {
                throw refusals.of(answer.statusCode(), headers, name);
            }
            String etag = first(headers, "x-linked-etag", "etag");
            String size = first(headers, "x-linked-size", "content-length");
            return new RemoteFile(
                    name,
                    RemoteFile.checksum(etag == null ? "" : etag),
                    size != null && size.matches("[0-9]{1,18}") ? Long.parseLong(size) : -1);
        }

        private static @Nullable String first(HttpHeaders headers, String one, String other) {
            return headers.firstValue(one).or(() -> headers.firstValue(other)).orElse(null);
        }

        private void roomFor(long bytes) throws IOException {
            Path folder = repository.folder().folder().resolve("blobs");
            Files.createDirectories(folder);
            long free = Files.getFileStore(folder).getUsableSpace();
            if (bytes > free) {
                throw new EnvironmentException(what + " needs " + Sizes.shown(bytes) + " more, and where "
                        + settings.cache() + " lies " + Sizes.shown(free)
                        + " are free: free some space, or set HF_HUB_CACHE to another folder");
            }
        }
    }
}
