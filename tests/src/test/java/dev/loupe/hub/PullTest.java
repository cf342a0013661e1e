package dev.loupe.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.loupe.failure.CancelledException;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.hub.LocalHub.Seen;
import dev.loupe.model.card.ModelCard;
import dev.loupe.model.card.PublicCard;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.schema.Binder;
import dev.loupe.schema.yaml.YamlTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads over real connections to a hub on this machine that does everything wrong that a hub can. */
class PullTest {
    private static final String REPOSITORY = "someone/tiny";
    private static final byte[] WEIGHTS = bytes(300_000);
    private static final byte[] CONFIG = "{\"model_type\": \"gpt2\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private LocalHub hub;
    private final StopSignal stop = new StopSignal();

    private static byte[] bytes(int length) {
        byte[] out = new byte[length];
        new Random(1).nextBytes(out);
        return out;
    }

    @BeforeEach
    void aHub() throws IOException {
        hub = new LocalHub()
                .with(REPOSITORY, "config.json", CONFIG)
                .with(REPOSITORY, "tokenizer.json", "{}".getBytes(StandardCharsets.UTF_8))
                .with(REPOSITORY, "README.md", "not needed".getBytes(StandardCharsets.UTF_8))
                .with(REPOSITORY, "model.safetensors", WEIGHTS);
    }

    @AfterEach
    void noHub() {
        hub.close();
    }

    private static PublicChoice choice() {
        return choice("");
    }

    private static PublicChoice choice(String more) {
        return choice(more, "tiny");
    }

    private static PublicChoice choice(String more, String name) {
        String card = """
                card: public
                title: a tiny model
                licence: none
                bos: none
                models:
                  tiny:
                    repository: someone/tiny
                    config: {n_layers: 1, d_model: 4, n_ctx: 4, d_vocab: 4, n_heads: 1}
                """ + more;
        ModelCard bound =
                Binder.bind(YamlTree.parse(card, "tiny.yaml"), ModelCard.class).value();
        return Objects.requireNonNull(PublicChoice.of((PublicCard) bound, name));
    }

    private HubSnapshot pull() throws IOException {
        return pull(hub.settings(folder));
    }

    private HubSnapshot pull(HubSettings settings) throws IOException {
        return new Pull(settings, Progress.silent(), stop).model(choice());
    }

    private Path repository() {
        return folder.resolve("models--someone--tiny");
    }

    private List<String> blobs() throws IOException {
        if (!Files.isDirectory(repository().resolve("blobs"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(repository().resolve("blobs"))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private Path incomplete() {
        return repository().resolve("blobs").resolve(LocalHub.sha256(WEIGHTS) + ".incomplete");
    }

    @Test
    void theCacheIsAsThePythonToolsLayItOut() throws IOException {
        HubSnapshot snapshot = pull();
        assertThat(snapshot.folder())
                .isEqualTo(repository().resolve("snapshots").resolve(LocalHub.COMMIT));
        assertThat(snapshot.folder().resolve("model.safetensors"))
                .isSymbolicLink()
                .hasBinaryContent(WEIGHTS);
        assertThat(Files.readSymbolicLink(snapshot.folder().resolve("model.safetensors")))
                .isEqualTo(Path.of("../../blobs", LocalHub.sha256(WEIGHTS)));
        assertThat(Files.readSymbolicLink(snapshot.folder().resolve("config.json")))
                .isEqualTo(Path.of("../../blobs", LocalHub.gitSha1(CONFIG)));
        assertThat(snapshot.folder().resolve("README.md")).doesNotExist();
        assertThat(repository().resolve("refs/main")).hasContent(LocalHub.COMMIT);
        assertThat(blobs()).noneMatch(name -> name.endsWith(".incomplete"));
        assertThat(new HubCache(folder).find(choice())).isEqualTo(snapshot);
        assertThat(snapshot.tokenizer()).isEqualTo(snapshot.folder());
    }

    /** OPT's repositories have no tokenizer.json. */
    @Test
    void aTokenizerInTwoFilesIsOne() throws IOException {
        String old = "someone/old";
        byte[] text = "{}".getBytes(StandardCharsets.UTF_8);
        for (String name : List.of("vocab.json", "merges.txt", "tokenizer_config.json")) {
            hub.with(old, name, text);
        }
        hub.with(old, "config.json", CONFIG).with(old, "model.safetensors", WEIGHTS);
        PublicChoice choice = choice("""
                  other:
                    repository: someone/old
                    config: {n_layers: 1, d_model: 4, n_ctx: 4, d_vocab: 4, n_heads: 1}
                files: [config.json, tokenizer.json, vocab.json, merges.txt]
                """, "other");
        HubSnapshot snapshot = new Pull(hub.settings(folder), Progress.silent(), stop).model(choice);
        assertThat(snapshot.tokenizer()).isEqualTo(snapshot.folder());
        assertThat(snapshot.folder().resolve("merges.txt")).hasBinaryContent(text);
    }

    @Test
    void whatIsAtHandIsNotFetchedAgain() throws IOException {
        HubSnapshot first = pull();
        int before = hub.gets("model.safetensors").size();
        assertThat(pull()).isEqualTo(first);
        assertThat(hub.gets("model.safetensors")).hasSize(before);
        hub.close();
        HubSettings online = hub.settings(folder);
        HubSettings offline = new HubSettings(online.endpoint(), folder, null, true, online.patience());
        assertThat(pull(offline)).isEqualTo(first);
    }

    @Test
    void theTokenReachesTheEndpointAlone() throws IOException {
        assertThat(pull()).isNotNull();
        assertThat(hub.seen)
                .filteredOn(s -> s.host().equals("endpoint"))
                .isNotEmpty()
                .extracting(Seen::authorization)
                .containsOnly("Bearer " + LocalHub.TOKEN);
        assertThat(hub.seen)
                .filteredOn(s -> s.host().equals("store"))
                .isNotEmpty()
                .extracting(Seen::authorization)
                .containsOnlyNulls();
        assertThat(hub.settings(folder).toString()).doesNotContain(LocalHub.TOKEN);
    }

    @Test
    void aBrokenConnectionGoesOnWhereItStopped() throws IOException {
        hub.failing("model.safetensors", LocalHub.cutAfter(100_000));
        assertThat(pull().folder().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
        assertThat(hub.gets("model.safetensors"))
                .filteredOn(s -> s.host().equals("store"))
                .extracting(Seen::range)
                .containsExactly(null, "bytes=100000-");
    }

    @Test
    void aSilentConnectionIsGivenUpAndTakenUpAgain() throws IOException {
        hub.failing("model.safetensors", hub.stallAfter(1000));
        assertThat(pull().folder().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
        assertThat(hub.gets("model.safetensors")).extracting(Seen::range).contains("bytes=1000-");
    }

    @Test
    void aHubThatCannotGoOnSendsAllAgain() throws IOException {
        // The second attempt asks for the rest, and gets the whole: nothing of it may land behind the first part.
        LocalHub.Fault whole = (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            return true;
        };
        hub.failing("model.safetensors", LocalHub.cutAfter(5000), whole);
        assertThat(pull().folder().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    }

    @Test
    void aPartThatIsNotOfThisFileIsFoundOut() throws IOException {
        Files.createDirectories(repository().resolve("blobs"));
        Files.write(incomplete(), bytes(70_000).clone());
        byte[] damaged = Files.readAllBytes(incomplete());
        damaged[17] ^= 1;
        Files.write(incomplete(), damaged);
        assertThat(pull().folder().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    }

    @Test
    void otherBytesThanAnnouncedAreNeverKept() throws IOException {
        hub.failing("model.safetensors", LocalHub.otherBytes());
        assertThat(pull().folder().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    }

    @Test
    void aHubThatLiesTwiceIsRefused() throws IOException {
        hub.failing("model.safetensors", LocalHub.otherBytes(), LocalHub.otherBytes());
        assertThatThrownBy(this::pull)
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("checksum")
                .hasMessageContaining("HF_ENDPOINT");
        assertThat(blobs()).noneMatch(name -> name.startsWith(LocalHub.sha256(WEIGHTS)));
        assertThat(repository().resolve("snapshots")).doesNotExist();
        assertThat(repository().resolve("refs")).doesNotExist();
    }

    @Test
    void smallFilesAreCheckedToo() throws IOException {
        hub.failing("config.json", LocalHub.otherBytes(), LocalHub.otherBytes());
        assertThatThrownBy(this::pull).hasMessageContaining("config.json").hasMessageContaining("checksum");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503})
    void passingTroubleIsWaitedFor(int status) throws IOException {
        hub.failing("revision/main", LocalHub.status(status))
                .failing("HEAD /someone/tiny/resolve/" + LocalHub.COMMIT + "/config.json", LocalHub.status(status))
                .failing("model.safetensors", LocalHub.status(status), LocalHub.status(status));
        assertThat(pull().folder().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    }

    @Test
    void theHubSaysHowLongToWait() throws IOException {
        hub.failing("revision/main", LocalHub.status(429, "Retry-After", "1"));
        long began = System.nanoTime();
        assertThat(pull()).isNotNull();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        hub.failing("revision/main", LocalHub.status(429, "Retry-After", "7200"));
        assertThatThrownBy(this::pull).hasMessageContaining("7200 s");
    }

    @Test
    void lastingTroubleEndsAndKeepsWhatArrived() throws IOException {
        LocalHub.Fault down = LocalHub.status(503);
        hub.failing("model.safetensors", LocalHub.cutAfter(4000), down, down, down, down, down, down);
        assertThatThrownBy(this::pull)
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("503")
                .hasMessageContaining("run the same command again to resume");
        assertThat(incomplete()).hasSize(4000);
        assertThat(new HubCache(folder).find(choice())).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | GatedRepo        | is gated: accept its terms at",
                "403 | GatedRepo        | is gated: accept its terms at",
                "401 | RepoNotFound     | does not allow your token",
                "404 | RepoNotFound     | check the card's repository",
                "404 | RevisionNotFound | has no revision main",
                "400 | none             | answers 400",
            })
    void whatCannotBeHadIsSaidInOneSentence(int status, String code, String said) {
        hub.failing("revision/main", LocalHub.status(status, "X-Error-Code", code));
        assertThatThrownBy(this::pull)
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(REPOSITORY)
                .hasMessageContaining(said)
                .hasMessageNotContaining(LocalHub.TOKEN);
        assertThat(hub.seen).hasSize(1);
    }

    @Test
    void withoutATokenItIsSaidThatOneMayHelp() {
        hub.failing("revision/main", LocalHub.status(401));
        HubSettings own = hub.settings(folder);
        HubSettings bare = new HubSettings(own.endpoint(), folder, null, false, own.patience());
        assertThatThrownBy(() -> pull(bare)).hasMessageContaining("set HF_TOKEN");
        assertThat(hub.seen).extracting(Seen::authorization).containsOnlyNulls();
    }

    @Test
    void offlineNothingIsAsked() {
        HubSettings own = hub.settings(folder);
        HubSettings offline = new HubSettings(own.endpoint(), folder, null, true, own.patience());
        assertThatThrownBy(() -> pull(offline))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("HF_HUB_OFFLINE")
                .hasMessageContaining("loupe pull tiny");
        assertThat(hub.seen).isEmpty();
    }

    @Test
    void aModelThatDoesNotFitIsRefusedBeforeItBegins() throws IOException {
        hub.failing(
                "HEAD /someone/tiny/resolve/" + LocalHub.COMMIT + "/model.safetensors",
                LocalHub.status(
                        302,
                        "X-Linked-Etag",
                        LocalHub.sha256(WEIGHTS),
                        "X-Linked-Size",
                        "900000000000000000",
                        "Location",
                        "http://localhost/"));
        assertThatThrownBy(this::pull).hasMessageContaining("900000000.00 GB").hasMessageContaining("HF_HUB_CACHE");
        assertThat(hub.gets("model.safetensors")).isEmpty();
        assertThat(blobs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x.safetensors", "/etc/x", "a\\\\..\\\\x", "C:x", "..", "a/../x", "a//x", "x\\u0000"})
    void namesOfTheHubStayInTheirFolder(String name) throws IOException {
        assertThat(RemoteFile.isSafe(name.replace("\\\\", "\\").replace("\\u0000", "\0")))
                .isFalse();
        hub.with(REPOSITORY, name, "evil".getBytes(StandardCharsets.UTF_8));
        assertThat(pull().folder().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../evil", "", "not-a-checksum", "0123"})
    void aChecksumThatIsNoneIsRefused(String etag) {
        hub.failing(
                "HEAD /someone/tiny/resolve/" + LocalHub.COMMIT + "/config.json",
                LocalHub.status(200, "ETag", '"' + etag + '"'));
        assertThatThrownBy(this::pull).isInstanceOf(EnvironmentException.class).hasMessageContaining("checksum");
        assertThat(folder.resolve("../evil")).doesNotExist();
    }

    @Test
    void shardsComeTogetherAndOnlyThoseBesideTheirIndex() throws IOException {
        hub.close();
        hub = new LocalHub().with(REPOSITORY, "config.json", CONFIG);
        StringBuilder map = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            hub.with(REPOSITORY, "model-" + i + ".safetensors", bytes(1000 + i));
            map.append(i == 0 ? "" : ", ").append("\"t" + i + "\": \"model-" + i + ".safetensors\"");
        }
        hub.with(
                REPOSITORY,
                "model.safetensors.index.json",
                ("{\"weight_map\": {" + map + "}}").getBytes(StandardCharsets.UTF_8));
        HubSnapshot snapshot = pull();
        assertThat(snapshot.weights()).hasFileName("model.safetensors.index.json");
        for (int i = 0; i < 6; i++) {
            assertThat(snapshot.folder().resolve("model-" + i + ".safetensors")).hasBinaryContent(bytes(1000 + i));
        }
        hub.with(
                REPOSITORY,
                "model.safetensors.index.json",
                "{\"weight_map\": {\"t\": \"../../../x\"}}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(this::pull).hasMessageContaining("is not in the same folder");
    }

    @Test
    void aRedirectToAnUnsafeAddressIsRefused() {
        hub.failing("revision/main", LocalHub.status(302, "Location", "file:///etc/passwd"));
        assertThatThrownBy(this::pull).hasMessageContaining("untrusted address");
        LocalHub.Fault round = LocalHub.status(302, "Location", "/api/models/someone/tiny/revision/main");
        hub.failing("revision/main", round, round, round, round, round, round, round, round, round, round);
        assertThatThrownBy(this::pull).hasMessageContaining("redirects in a circle");
    }

    @Test
    void theTokenizerMayLieElsewhere() throws IOException {
        hub.close();
        hub = new LocalHub()
                .with(REPOSITORY, "config.json", CONFIG)
                .with(REPOSITORY, "model_final.pth", WEIGHTS)
                .with("other/words", "tokenizer.json", "{}".getBytes(StandardCharsets.UTF_8));
        PublicChoice choice = choice("tokenizer: other/words\nweights: \"*final.pth\"\n");
        HubSnapshot snapshot = new Pull(hub.settings(folder), Progress.silent(), stop).model(choice);
        assertThat(snapshot.weights()).hasFileName("model_final.pth");
        assertThat(snapshot.tokenizer()).isEqualTo(folder.resolve("models--other--words/snapshots/" + LocalHub.COMMIT));
    }

    @Test
    void manyAtOnceFetchEachFileOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<HubSnapshot>> coming = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                coming.add(threads.submit(() -> pull()));
            }
            for (Future<HubSnapshot> one : coming) {
                assertThat(one.get().folder().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(hub.gets("model.safetensors"))
                .filteredOn(s -> s.host().equals("store"))
                .hasSize(1);
    }

    @Test
    void aStopLeavesWhatCanBeTakenUp() throws Exception {
        hub.failing("model.safetensors", hub.stallAfter(2000));
        HubSettings own = hub.settings(folder);
        RetryPolicy long_ = new RetryPolicy(Duration.ofMinutes(5), Duration.ofMillis(10), Duration.ofSeconds(1), 3);
        ConcurrentLinkedQueue<Throwable> ended = new ConcurrentLinkedQueue<>();
        Thread thread = new Thread(() -> {
            try {
                pull(own.with(long_));
            } catch (Throwable e) {
                ended.add(e);
            }
        });
        thread.start();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Files.exists(incomplete()) && Files.size(incomplete()) == 2000);
        stop.request();
        await().atMost(Duration.ofSeconds(20)).until(() -> !ended.isEmpty());
        assertThat(ended.peek()).isInstanceOf(CancelledException.class);
        assertThat(repository().resolve("snapshots")).doesNotExist();
        Pull again = new Pull(own, Progress.silent(), new StopSignal());
        assertThat(again.model(choice()).folder().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
        assertThat(hub.gets("model.safetensors")).extracting(Seen::range).contains("bytes=2000-");
    }
}
