package dev.loupe.execute;

import static java.util.Objects.requireNonNull;

import dev.loupe.execute.shards.Blobs;
import dev.loupe.execute.shards.Cluster;
import dev.loupe.execute.shards.ExecutorPlace;
import dev.loupe.execute.shards.ShardMaker;
import dev.loupe.progress.StopSignal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Executors in this process that do real work, and a network that does its worst: tasks are lost, done twice, answered in any
 * order, and now and then an executor is gone with all that it knew.
 */
final class LosingCluster implements Cluster, Blobs {
    private static final int EXECUTORS = 3;
    /** So small that tasks have to be asked for again. */
    private static final long ANSWER = 2000;

    private final Random random;
    private final double loss;
    private final Path folder;
    private final Map<String, byte[]> shared = new HashMap<>();
    private final List<ShardMaker> executors = new ArrayList<>();
    private int born;
    /** Tasks that were done, lost and doubled ones included. */
    int tasks;
    /** Bytes that were shared. */
    long sent;

    /** @param loss the probability that the answer of a task is lost */
    LosingCluster(Path folder, long seed, double loss) {
        this.folder = folder;
        this.random = new Random(seed);
        this.loss = loss;
        for (int i = 0; i < EXECUTORS; i++) {
            executors.add(executor());
        }
    }

    private ShardMaker executor() {
        born++;
        Path scratch = folder.resolve("scratch" + born);
        return new ShardMaker(new ExecutorPlace("executor " + born, scratch, List.of(), 1, 0, ANSWER, false));
    }

    @Override
    public int slots() {
        return EXECUTORS;
    }

    @Override
    public void share(String hash, byte[] bytes) {
        sent += bytes.length;
        shared.put(hash, bytes);
    }

    @Override
    public void share(String hash, Path file) {
        try {
            share(hash, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void takeBack(String hash) {
        shared.remove(hash);
    }

    @Override
    public String run(List<Task> all, Consumer<byte[]> taken, StopSignal stop) {
        List<Task> order = new ArrayList<>(all);
        for (Task task : all) {
            if (random.nextDouble() < 0.2) {
                order.add(task);
            }
        }
        Collections.shuffle(order, random);
        // The first is never lost, so that every round brings something.
        boolean safe = true;
        for (Task task : order) {
            int which = random.nextInt(EXECUTORS);
            byte[] answer = executors.get(which).make(task.bytes(), this, stop);
            tasks++;
            if (safe || random.nextDouble() >= loss) {
                taken.accept(answer);
            } else if (random.nextBoolean()) {
                executors.set(which, executor()).close();
            }
            safe = false;
        }
        return "";
    }

    @Override
    public boolean has(String hash) {
        return shared.containsKey(hash);
    }

    @Override
    public byte[] bytes(String hash) {
        return requireNonNull(shared.get(hash), hash);
    }

    @Override
    public void copy(String hash, OutputStream to) throws IOException {
        to.write(bytes(hash));
    }

    @Override
    public void close() {
        executors.forEach(ShardMaker::close);
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path link : tree.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
