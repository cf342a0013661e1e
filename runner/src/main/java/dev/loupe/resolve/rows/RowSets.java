package dev.loupe.resolve.rows;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.RowsRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Makes row sets: buckets of equal length, content hashes, seeded permutations. */
final class RowSets {
    private RowSets() {}

    static RowSet of(String name, TokenRows rows, IntFunction<String> text) {
        Map<Integer, List<Integer>> byLength = new TreeMap<>();
        for (int r = 0; r < rows.rows(); r++) {
            byLength.computeIfAbsent(rows.tokens()[r].length, k -> new ArrayList<>())
                    .add(r);
        }
        List<RowsRef.Bucket> buckets = new ArrayList<>();
        List<int[]> order = new ArrayList<>();
        byLength.forEach((length, indices) -> {
            int[] which = indices.stream().mapToInt(Integer::intValue).toArray();
            buckets.add(RowBucket.of(rows, which));
            order.add(which);
        });
        String identity = hash(rows);
        return new RowSet(new RowsRef(name, identity, identity, buckets, labels(rows)), rows, order, text);
    }

    private static Map<String, List<String>> labels(TokenRows rows) {
        Map<String, List<String>> names = new TreeMap<>();
        rows.labels().forEach((name, label) -> names.put(name, label.names()));
        return names;
    }

    /** The same rows in another order inside every bucket, none at its own place but one that is alone (Sattolo 1986). */
    static RowSet permuted(RowSet set, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<int[]> order = new ArrayList<>();
        for (int[] bucket : set.order()) {
            int[] shuffled = bucket.clone();
            for (int i = shuffled.length - 1; i > 0; i--) {
                int j = random.nextInt(i);
                int swap = shuffled[i];
                shuffled[i] = shuffled[j];
                shuffled[j] = swap;
            }
            order.add(shuffled);
        }
        RowsRef ref = set.ref();
        RowsRef permuted = new RowsRef(
                ref.name() + " (permuted, seed " + seed + ")",
                ref.identity() + "/permuted-" + seed,
                ref.alignment(),
                order.stream().map(which -> RowBucket.of(set.rows(), which)).toList(),
                ref.labels());
        return new RowSet(permuted, set.rows(), order, set.text());
    }

    /** The same rows with each row's tokens shuffled: token counts stay, order goes. */
    static RowSet shuffledTokens(RowSet set, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TokenRows rows = set.rows();
        int[][] tokens = new int[rows.rows()][];
        for (int r = 0; r < tokens.length; r++) {
            tokens[r] = rows.tokens()[r].clone();
            for (int i = tokens[r].length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = tokens[r][i];
                tokens[r][i] = tokens[r][j];
                tokens[r][j] = swap;
            }
        }
        TokenRows shuffled = rows.withTokens(tokens);
        RowsRef ref = set.ref();
        RowsRef named = new RowsRef(
                ref.name() + " (tokens shuffled, seed " + seed + ")",
                ref.identity() + "/shuffled-" + seed,
                ref.alignment() + "/shuffled-" + seed,
                set.order().stream().map(which -> RowBucket.of(shuffled, which)).toList(),
                ref.labels());
        return new RowSet(named, shuffled, set.order(), set.text());
    }

    /** SHA-256 over tokens, targets, classes, positions, columns and sets, and over labels and documents where there are any. */
    static String hash(TokenRows rows) {
        MessageDigest digest = digest();
        ints(digest, "tokens", rows.tokens());
        ints(digest, "targets", rows.targets());
        new TreeMap<>(rows.classes()).forEach((name, mask) -> {
            for (boolean[] row : mask) {
                int[] bits = new int[row.length];
                for (int i = 0; i < bits.length; i++) {
                    bits[i] = row[i] ? 1 : 0;
                }
                ints(digest, name, new int[][] {bits});
            }
        });
        new TreeMap<>(rows.positions()).forEach((name, at) -> ints(digest, name, new int[][] {at}));
        new TreeMap<>(rows.columns()).forEach((name, ids) -> ints(digest, name, new int[][] {ids}));
        new TreeMap<>(rows.sets()).forEach((name, ids) -> ints(digest, name, ids));
        new TreeMap<>(rows.labels()).forEach((name, label) -> {
            ints(
                    digest,
                    "label " + label.kind() + " " + name + " " + label.names() + (label.looksAhead() ? " ahead" : ""),
                    label.values());
        });
        if (rows.documents().length > 0) {
            ints(digest, "documents", new int[][] {rows.documents()});
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 over the tokens alone. */
    static String tokensHash(TokenRows rows) {
        MessageDigest digest = digest();
        ints(digest, "tokens", rows.tokens());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void ints(MessageDigest digest, String name, int[][] rows) {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        for (int[] row : rows) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * row.length + 4);
            bytes.putInt(row.length);
            for (int x : row) {
                bytes.putInt(x);
            }
            digest.update(bytes.array());
        }
    }
}
