package dev.loupe.spark;

import dev.loupe.execute.shards.Blobs;
import dev.loupe.progress.StopSignal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** Does the task of one partition, on an executor. */
final class ShardFunction extends AbstractFunction1<Iterator<byte[]>, byte[]> implements Serializable, Blobs {
    private static final long serialVersionUID = 1;

    private final HashMap<String, List<Broadcast<byte[]>>> shared;

    /** @param shared bytes in pieces, by their hash */
    ShardFunction(Map<String, List<Broadcast<byte[]>>> shared) {
        this.shared = new HashMap<>(shared);
    }

    @Override
    public byte[] apply(Iterator<byte[]> partition) {
        return ExecutorProcess.maker().make(partition.next(), this, new StopSignal());
    }

    @Override
    public boolean has(String hash) {
        return shared.containsKey(hash);
    }

    @Override
    public byte[] bytes(String hash) {
        List<Broadcast<byte[]>> pieces = pieces(hash);
        byte[] all =
                new byte[pieces.stream().mapToInt(piece -> piece.value().length).sum()];
        int at = 0;
        for (Broadcast<byte[]> piece : pieces) {
            System.arraycopy(piece.value(), 0, all, at, piece.value().length);
            at += piece.value().length;
        }
        return all;
    }

    @Override
    public void copy(String hash, OutputStream to) throws IOException {
        for (Broadcast<byte[]> piece : pieces(hash)) {
            to.write(piece.value());
        }
    }

    private List<Broadcast<byte[]>> pieces(String hash) {
        List<Broadcast<byte[]>> pieces = shared.get(hash);
        if (pieces == null) {
            throw new IllegalStateException("nothing was shared as " + hash);
        }
        return pieces;
    }
}
