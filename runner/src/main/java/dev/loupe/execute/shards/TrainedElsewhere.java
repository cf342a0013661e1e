package dev.loupe.execute.shards;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.model.card.Base;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.tensors.Sha256;
import dev.loupe.train.TrainedModels;
import dev.loupe.train.WeightsFiles;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Trains seeds of a card for another machine. Snapshots stay in the scratch folder, so that a task that is tried again goes on. */
record TrainedElsewhere(Path scratch) {
    /**
     * Some of the bytes of the files of a training, one file after another in the order of their names.
     *
     * @param from the place of the first byte
     * @param left whether bytes follow
     */
    record Pieces(long from, List<Outcome.MadeFile> pieces, boolean left) {
        long next() {
            return from
                    + pieces.stream().mapToLong(piece -> piece.bytes().length).sum();
        }
    }

    /**
     * Trains, unless that was done before, and gives some of what it made.
     *
     * @param from bytes that were given before
     * @param most bytes to give, at least one
     */
    Pieces files(TrainingWork work, String device, long from, long most, StopSignal stop) throws IOException {
        Path folder = scratch.resolve("training")
                .resolve(work.card().name() + "-" + work.seeds().get(0));
        WeightsFiles files = new WeightsFiles(work.card(), folder);
        if (!work.seeds().stream().allMatch(files::complete)) {
            begin(work, folder);
            try (NDManager manager = Backend.manager(device)) {
                new TrainedModels(manager, Backend.gradients(manager))
                        .train(files, work.seeds(), folder, Progress.silent(), stop);
            }
        }
        return pieces(folder, from, most);
    }

    static Pieces pieces(Path folder, long from, long most) throws IOException {
        List<Path> made;
        try (Stream<Path> there = Files.list(folder)) {
            made = there.filter(f -> f.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        }
        List<Outcome.MadeFile> pieces = new ArrayList<>();
        long begin = 0;
        long room = Math.max(1, most);
        boolean left = false;
        for (Path file : made) {
            long size = Files.size(file);
            long at = Math.max(0, from - begin);
            if (at < size && room > 0) {
                int bytes = (int) Math.min(room, size - at);
                boolean last = at + bytes == size;
                String name = String.valueOf(file.getFileName());
                pieces.add(new Outcome.MadeFile(name, at, read(file, at, bytes), last ? Sha256.of(file) : ""));
                room -= bytes;
                left |= !last;
            } else {
                left |= at < size;
            }
            begin += size;
        }
        return new Pieces(from, pieces, left);
    }

    private static byte[] read(Path file, long at, int length) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            channel.position(at);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw new EOFException(file + " ends early");
                }
            }
            return bytes.array();
        }
    }

    /** Puts weights that were trained before where this training looks for them. */
    private static void begin(TrainingWork work, Path folder) throws IOException {
        if (work.card().base() instanceof Base.Trained before) {
            Path there = TrainedModels.cached(before.card(), folder).folder();
            Files.createDirectories(there);
            for (Path file : work.begins()) {
                FilesHere.link(file, there.resolve(String.valueOf(file.getFileName())));
            }
        }
    }
}
