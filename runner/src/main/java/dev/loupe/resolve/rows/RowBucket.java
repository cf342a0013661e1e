package dev.loupe.resolve.rows;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.RowsRef;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a plan may know of rows of one length, in their order: what they begin with, where their named positions lie. Where the
 * values of a label lie is left open: there are many, and few are ever read.
 */
final class RowBucket {
    private RowBucket() {}

    static RowsRef.Bucket of(TokenRows rows, int[] which) {
        int length = rows.tokens()[which[0]].length;
        Map<String, RowsRef.Places> places = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>(rows.classes().keySet());
        names.addAll(rows.positions().keySet());
        names.forEach(name -> places.put(name, places(rows, which, name, length)));
        return new RowsRef.Bucket(length, which.length, prefixes(rows, which, length), places);
    }

    /** Hashes of the first token of every row, of the first two, and so on. */
    private static List<Long> prefixes(TokenRows rows, int[] which, int length) {
        List<Long> out = new ArrayList<>();
        ByteBuffer column = ByteBuffer.allocate(4 * which.length);
        byte[] before = new byte[0];
        for (int pos = 0; pos < length; pos++) {
            column.clear();
            for (int row : which) {
                column.putInt(rows.tokens()[row][pos]);
            }
            MessageDigest digest = sha256();
            digest.update(before);
            before = digest.digest(column.array());
            out.add(ByteBuffer.wrap(before).getLong());
        }
        return out;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static RowsRef.Places places(TokenRows rows, int[] which, String name, int length) {
        int first = length;
        int widest = 0;
        for (int row : which) {
            int asked = 0;
            for (int pos = 0; pos < length; pos++) {
                if (rows.belongs(name, row, pos)) {
                    first = Math.min(first, pos);
                    asked++;
                }
            }
            widest = Math.max(widest, asked);
        }
        return new RowsRef.Places(first, widest);
    }
}
