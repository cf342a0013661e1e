package dev.loupe.hub;

import java.time.Duration;

/**
 * How long to wait for the hub, and how often to ask again.
 *
 * @param stall the longest silence, for a connection, an answer, or the next bytes of a file
 * @param firstPause the pause before the second attempt; each further one is twice as long
 * @param longestPause no pause is longer; where the hub itself asks for a longer one, the work ends with that sentence
 * @param attempts how often in a row without any progress
 */
public record RetryPolicy(Duration stall, Duration firstPause, Duration longestPause, int attempts) {
    public static final RetryPolicy USUAL =
            new RetryPolicy(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(2), 6);

    Duration before(int attempt) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(attempt, 20));
        return pause.compareTo(longestPause) > 0 ? longestPause : pause;
    }
}
