package dev.loupe.execute.keep;

/**
 * How much of what runs end in and pass through is kept, for other readings of the same runs.
 *
 * @param bytes at most
 * @param operations a run's end is kept where making it again takes at least so many floating-point operations for each byte
 */
public record Room(long bytes, long operations) {
    public static final Room NONE = new Room(0, 0);

    /** At 50 GFLOP/s these are 5 MB a second, a tenth at most of what a disk reads. What a small network makes is made again. */
    private static final long WORTH = 10_000;

    public static Room of(long bytes) {
        return new Room(bytes, WORTH);
    }

    /** Whether something fits that takes so many bytes, and so many operations to make it again. */
    public boolean has(long size, long again) {
        return size > 0 && size <= bytes && again / size >= operations;
    }

    /**
     * The same for streams that later runs of the same rows begin with. What makes one again is as much as what is read with
     * it, so that it pays where a disk is twice as fast as two cores: 500 operations are 100 MB a second.
     */
    public Room forStarts() {
        return new Room(bytes, operations / 20);
    }

    public Room without(long size) {
        return new Room(bytes - size, operations);
    }
}
