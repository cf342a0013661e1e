package dev.loupe.model.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.model.identity.CardIdentity;
import dev.loupe.model.optimizer.AdamW;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.schema.Binder;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.schema.yaml.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCardTest {
    private static final String CARD = """
            card: trained
            title: a model for this test
            architecture:
              transformer: {n_layers: 1, d_model: 8, n_heads: 2, n_ctx: 8, d_vocab: 9, attn_only: true}
            recipe:
              data: {generator: repeated-tokens, period: 3..4, length: 8}
              batch: 4
              steps: 100
              optimizer: {kind: adamw, learning-rate: 2e-3}
              seeds: [5, 6]
            """;

    @Test
    void everyCardOfTheModelsFolderBinds() throws IOException {
        Path models = Path.of(System.getProperty("loupe.home", ".."), "models");
        try (var folders = Files.list(models)) {
            List<CardFile> cards = folders.filter(folder -> Files.exists(folder.resolve("card.yaml")))
                    .map(folder -> CardFile.read(folder.resolve("card.yaml")))
                    .toList();
            assertThat(cards).extracting(CardFile::name).contains("induction-2l", "toy-binary", "sort-fixed");
            assertThat(cards).allSatisfy(card -> assertThat(card.card().title()).isNotBlank());
        }
    }

    @Test
    void defaultsAreFilled() {
        Recipe recipe = card(CARD).recipe();
        assertThat(recipe.schedule()).isEqualTo(Schedule.CONSTANT);
        assertThat(recipe.checkpoints()).isEqualTo(CheckpointSchedule.LAST_ONLY);
        assertThat(recipe.optimizer()).isEqualTo(new AdamW(2e-3, 0.9, 0.999, 1e-8, 0.01));
        assertThat(recipe.lossOn()).isEqualTo("all");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batch: 4        | batc: 4           | batch",
                "kind: adamw     | kind: adamv       | adamw",
                "steps: 100      | steps: 0          | at least 1",
                "seeds: [5, 6]   | seeds: [5, 5]     | distinct",
                "d_model: 8      | d_modle: 8        | d_model",
                "card: trained   | card: train       | trained",
            })
    void mistakesAreNamedAtTheirPlace(String right, String wrong, String said) {
        assertThatThrownBy(() -> card(CARD.replace(right, wrong)))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("card.yaml:")
                .hasMessageContaining(said);
    }

    @Test
    void identityIsOfWhatDeterminesTheWeights() {
        String own = identity(CARD);
        assertThat(identity(CARD.replace("a model for this test", "renamed"))).isEqualTo(own);
        assertThat(identity(CARD.replace("seeds: [5, 6]", "seeds: [5]"))).isEqualTo(own);
        assertThat(identity(CARD.replace("2e-3", "0.002"))).isEqualTo(own);
        assertThat(identity(CARD.replace("batch: 4", "batch: 4\n  checkpoints: {every: 10}")))
                .isEqualTo(own);
        assertThat(identity(CARD.replace("batch: 4", "batch: 4\n  clip: 0")))
                .as("a default written out")
                .isEqualTo(own);
        assertThat(List.of(
                        identity(CARD.replace("2e-3", "2.1e-3")),
                        identity(CARD.replace("kind: adamw", "kind: adam")),
                        identity(CARD.replace("3..4", "3..3")),
                        identity(CARD.replace("d_model: 8", "d_model: 16")),
                        identity(CARD.replace("batch: 4", "batch: 4\n  clip: 1")),
                        CardIdentity.of(file(CARD), 6).hash()))
                .doesNotHaveDuplicates()
                .doesNotContain(own);
    }

    @Test
    void aPublicCardStaysInsideItsRepository() {
        String publicCard = """
                card: public
                title: GPT-2
                licence: MIT
                bos: optional
                files: [config.json]
                checkpoints: {in: revision, pattern: "step{step}", steps: [0, 512, 1000..3000 by 1000]}
                models:
                  gpt2-small:
                    repository: openai-community/gpt2
                    aliases: gpt2
                    config: {n_layers: 1, d_model: 8, n_heads: 2, n_ctx: 8, d_vocab: 9}
                """;
        PublicCard card = (PublicCard) bind(publicCard);
        PublicChoice choice = Objects.requireNonNull(PublicChoice.of(card, "gpt2"));
        assertThat(choice.name()).isEqualTo("gpt2-small");
        assertThat(choice.revision()).isEqualTo("main");
        assertThat(choice.at(512).revision()).isEqualTo("step512");
        assertThat(Objects.requireNonNull(card.checkpoints()).all()).containsExactly(0, 512, 1000, 2000, 3000);
        assertThatThrownBy(() -> bind(publicCard.replace("config.json", "../config.json")))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("inside the repository");
        for (String hostile : List.of("../../x", "a/../b", "/etc/passwd", "a--b/c", "a/b/c", "a")) {
            assertThatThrownBy(() -> bind(publicCard.replace("openai-community/gpt2", '"' + hostile + '"')))
                    .isInstanceOf(SpecException.class)
                    .hasMessageContaining("owner/name");
        }
    }

    @Test
    void theFamiliesOfTheProblemsAreAllThere() {
        Path models = Path.of(System.getProperty("loupe.home", ".."), "models");
        ModelCatalog catalog = new ModelCatalog(List.of(models));
        Map<String, Integer> steps = Map.of("pythia", 154, "crfm-gpt2", 609);
        Set<String> names = new HashSet<>();
        for (CardFile file : catalog.publicCards()) {
            PublicCard card = (PublicCard) file.card();
            card.models().forEach((name, model) -> {
                assertThat(names.add(name)).as(name).isTrue();
                model.aliases()
                        .forEach(alias -> assertThat(names.add(alias)).as(alias).isTrue());
            });
            CheckpointNaming naming = card.checkpoints();
            assertThat(naming == null ? null : naming.all().size()).isEqualTo(steps.get(file.name()));
        }
        assertThat(names).contains("gpt2-small", "gpt2", "gpt2-medium", "gpt2-large", "gpt2-xl", "othello-gpt");
        for (String size : List.of("14m", "31m", "70m", "160m", "410m", "1b", "1.4b")) {
            assertThat(names).contains("pythia-" + size, "pythia-" + size + "-deduped");
        }
        for (String kind : List.of("attn-only", "gelu", "solu")) {
            assertThat(names).contains(kind + "-1l", kind + "-2l", kind + "-3l", kind + "-4l");
        }
        assertThat(names)
                .contains("solu-6l", "solu-8l", "solu-10l", "solu-12l", "qwen2.5-0.5b", "smollm2-360m", "opt-125m");
        assertThat(names).contains("tinystories-1m", "tiny-stories-33M", "expanse-gpt2-small-x777");
        PublicChoice checkpoint = Objects.requireNonNull(catalog.published("stanford-gpt2-small-d"))
                .at(400_000);
        assertThat(checkpoint.revision()).isEqualTo("checkpoint-400000");
        assertThat(checkpoint.model().config().scaleAttnByInverseLayerIdx()).isTrue();
    }

    private static String identity(String yaml) {
        return CardIdentity.of(file(yaml), 5).hash();
    }

    private static CardFile file(String yaml) {
        return new CardFile("a", Path.of("a.yaml"), bind(yaml), null, null);
    }

    private static TrainedCard card(String yaml) {
        return (TrainedCard) bind(yaml);
    }

    private static ModelCard bind(String yaml) {
        return Binder.bind(YamlTree.parse(yaml, "card.yaml"), ModelCard.class).value();
    }
}
