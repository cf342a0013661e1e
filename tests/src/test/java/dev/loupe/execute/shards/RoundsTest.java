package dev.loupe.execute.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.execute.keep.Shard;
import dev.loupe.execute.send.Packing;
import dev.loupe.execute.send.Unpacking;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.plan.ask.RowRange;
import dev.loupe.progress.StopSignal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Tasks are sent until every one has its answer, and no longer. */
class RoundsTest {
    private static final SentFile FILE = new SentFile(Path.of("/models/a"), 1, "f".repeat(64));

    /** Answers by a rule, round by round. */
    private static final class Answering implements Cluster {
        private final BiConsumer<SentTask, Consumer<Outcome>> rule;
        final List<Integer> rounds = new ArrayList<>();
        final List<String> shared = new ArrayList<>();
        final List<String> takenBack = new ArrayList<>();

        Answering(BiConsumer<SentTask, Consumer<Outcome>> rule) {
            this.rule = rule;
        }

        @Override
        public int slots() {
            return 1;
        }

        @Override
        public void share(String hash, byte[] bytes) {}

        @Override
        public void share(String hash, Path file) {
            shared.add(hash);
        }

        @Override
        public void takeBack(String hash) {
            takenBack.add(hash);
        }

        @Override
        public String run(List<Task> tasks, Consumer<byte[]> taken, StopSignal stop) {
            rounds.add(tasks.size());
            for (Task task : tasks) {
                rule.accept((SentTask) Unpacking.of(task.bytes()), outcome -> taken.accept(Packing.of(outcome)));
            }
            return "node 7 is on fire";
        }

        @Override
        public void close() {}
    }

    private static SentTask.Shards task(int number, int shards) {
        List<SentTask.Place> places = new ArrayList<>();
        for (int i = 0; i < shards; i++) {
            places.add(new SentTask.Place(1, Shard.of(new RowRange(0, i, i + 1))));
        }
        return new SentTask.Shards(number, "job", List.of(2), 1, places);
    }

    private static Outcome answer(SentTask task, List<SentTask.Place> left) {
        return Outcome.parts(task.number(), "executor 1", List.of(), left, Map.of());
    }

    private static List<Integer> run(Answering cluster, List<SentTask.Shards> tasks) {
        List<Integer> taken = new ArrayList<>();
        new Rounds(cluster, new StopSignal()).run(tasks, List.of(FILE), outcome -> taken.add(outcome.task()));
        return taken;
    }

    @Test
    void whatComesTwiceIsTakenOnce() {
        Answering cluster = new Answering((task, taken) -> {
            taken.accept(answer(task, List.of()));
            taken.accept(answer(task, List.of()));
        });
        assertThat(run(cluster, List.of(task(0, 1), task(1, 1)))).containsExactly(0, 1);
        assertThat(cluster.rounds).containsExactly(2);
    }

    @Test
    void whatIsLostIsSentAgain() {
        List<Integer> lost = new ArrayList<>(List.of(1));
        Answering cluster = new Answering((task, taken) -> {
            if (!lost.remove((Integer) task.number())) {
                taken.accept(answer(task, List.of()));
            }
        });
        assertThat(run(cluster, List.of(task(0, 1), task(1, 1), task(2, 1)))).containsExactly(0, 2, 1);
        assertThat(cluster.rounds).containsExactly(3, 1);
    }

    @Test
    void shardsThatDidNotFitAreAskedForAgain() {
        Answering cluster = new Answering((task, taken) -> {
            List<SentTask.Place> places = ((SentTask.Shards) task).places();
            taken.accept(answer(task, places.subList(1, places.size())));
        });
        assertThat(run(cluster, List.of(task(0, 3)))).containsExactly(0, 0, 0);
        assertThat(cluster.rounds).containsExactly(1, 1, 1);
    }

    @Test
    void aFileThatIsLackingIsSharedOnceAndTakenBack() {
        List<Integer> asked = new ArrayList<>();
        Answering cluster = new Answering((task, taken) -> {
            boolean firstRound = asked.size() < 2;
            asked.add(task.number());
            taken.accept(
                    firstRound
                            ? Outcome.lacks(task.number(), "executor 1", List.of(FILE.hash()))
                            : answer(task, List.of()));
        });
        assertThat(run(cluster, List.of(task(0, 1), task(1, 1)))).containsExactly(0, 1);
        assertThat(cluster.rounds).containsExactly(2, 2);
        assertThat(cluster.shared).containsExactly(FILE.hash());
        assertThat(cluster.takenBack).containsExactly(FILE.hash());
    }

    @Test
    void aFaultEndsTheRunAndNamesItsExecutor() {
        Answering cluster = new Answering((task, taken) -> taken.accept(Outcome.fault(
                task.number(), "executor 3 on host7", new Fault(Fault.Kind.SURROUNDINGS, "its disk is full"))));
        assertThatThrownBy(() -> run(cluster, List.of(task(0, 1))))
                .isInstanceOf(EnvironmentException.class)
                .hasMessage("executor 3 on host7: its disk is full");
    }

    @Test
    void aClusterThatGivesNothingBackIsGivenUpWithItsReason() {
        Answering cluster = new Answering((task, taken) -> {});
        assertThatThrownBy(() -> run(cluster, List.of(task(0, 1))))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("gives nothing back")
                .hasMessageContaining("node 7 is on fire");
        assertThat(cluster.rounds).containsExactly(1, 1);
    }
}
