package dev.loupe.execute.shards;

/** How many bytes of results one answer may hold, so that many answers that are under way fit into memory. */
public final class AnswerSize {
    private static final long MOST = 32 << 20;

    /**
     * An answer is in the heap of its executor as parts, while they are packed, and in what Spark makes of it.
     */
    private static final int MADE = 16;

    /** Where it is taken, four are received at a time, each as what came and as what is in it, and one is put away. */
    private static final int TAKEN = 32;

    private AnswerSize() {}

    /**
     * For a machine that does tasks.
     *
     * @param heap bytes of its Java heap
     */
    public static long made(long heap, int tasks) {
        return Math.min(MOST, heap / MADE / tasks);
    }

    /** For a machine that takes answers. */
    static long taken(long heap) {
        return Math.min(MOST, heap / TAKEN);
    }

    /** On this machine. */
    static long taken() {
        return taken(Runtime.getRuntime().maxMemory());
    }
}
