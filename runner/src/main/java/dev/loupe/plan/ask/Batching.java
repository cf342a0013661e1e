package dev.loupe.plan.ask;

/** How many rows go into one batch. Fixed by shapes alone, so that equal plans give equal bits on any machine. */
public final class Batching {
    private static final long TOKENS = 4096;
    private static final long LOGITS = 32_000_000;
    private static final long ATTENTION = 32_000_000;

    private Batching() {}

    public static int rows(ModelShape shape, RowsRef rows, LogitsRead logits) {
        long length = Math.max(1, rows.longest());
        long most = TOKENS / length;
        if (logits.wanted()) {
            most = Math.min(most, LOGITS / (length * Math.max(1, shape.outputs())));
        }
        most = Math.min(most, ATTENTION / (length * length * Math.max(1, shape.heads())));
        return (int) Math.max(1, Math.min(most, rows.rows()));
    }
}
