package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.Interval;
import dev.loupe.result.sample.Resampling;
import dev.loupe.result.sample.RowTable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AreaByDocumentTest {
    private static double area(float[] score, boolean[] positive, int[] key, int[] document, int without) {
        double pairs = 0;
        double count = 0;
        for (int i = 0; i < score.length; i++) {
            for (int j = 0; j < score.length; j++) {
                if (positive[i]
                        && !positive[j]
                        && key[i] == key[j]
                        && document[i] != without
                        && document[j] != without) {
                    pairs += score[i] > score[j] ? 1 : score[i] == score[j] ? .5 : 0;
                    count++;
                }
            }
        }
        return pairs / count;
    }

    @Test
    void everyPseudoValueIsThatOfTheAreaWithoutItsDocument() {
        withKeys(1);
    }

    @Test
    void alsoWherePositionsAreComparedWithinStrata() {
        withKeys(4);
    }

    private static void withKeys(int keys) {
        Random random = new Random(2);
        int documents = 9;
        float[] score = new float[120];
        boolean[] positive = new boolean[120];
        int[] document = new int[120];
        for (int i = 0; i < 120; i++) {
            document[i] = i % documents;
            positive[i] = random.nextInt(3) == 0;
            score[i] = random.nextInt(8) + (positive[i] ? 2 : 0);
        }
        Random other = new Random(6);
        int[] key =
                IntStream.range(0, 120).map(i -> other.nextInt(keys)).sorted().toArray();
        double whole = area(score, positive, key, document, -1);
        double[] plain = new double[documents];
        for (int d = 0; d < documents; d++) {
            plain[d] = documents * whole - (documents - 1) * area(score, positive, key, document, d);
        }
        double shift = whole - Arrays.stream(plain).average().orElseThrow();
        double[] values = AreaByDocument.pseudoValues(
                score,
                positive,
                document,
                documents,
                Strata.by(IntStream.range(0, 120).toArray(), key));
        for (int d = 0; d < documents; d++) {
            assertThat(values[d]).isEqualTo(plain[d] + shift, within(1e-9));
        }
        assertThat(Arrays.stream(values).average().orElseThrow()).isEqualTo(whole, within(1e-12));
    }

    /** Documents with an offset of their own: the true area of two normals with means 0 and 1 apart is known, .7602 at sd 1. */
    @Test
    void intervalsCoverTheTrueAreaAtTheRateTheyState() {
        int covered = 0;
        int rounds = 200;
        for (int round = 0; round < rounds; round++) {
            Random random = new Random(round);
            int documents = 40;
            int each = 20;
            float[] score = new float[documents * each];
            boolean[] positive = new boolean[score.length];
            int[] document = new int[score.length];
            for (int d = 0; d < documents; d++) {
                double offset = random.nextGaussian() * Math.sqrt(.5);
                for (int k = 0; k < each; k++) {
                    int i = d * each + k;
                    document[i] = d;
                    positive[i] = random.nextBoolean();
                    score[i] = (float) (offset + random.nextGaussian() * Math.sqrt(.5) + (positive[i] ? 1 : 0));
                }
            }
            double[] values = AreaByDocument.pseudoValues(
                    score,
                    positive,
                    document,
                    documents,
                    Strata.one(IntStream.range(0, score.length).toArray()));
            double[] ones = new double[documents];
            Arrays.fill(ones, 1);
            Interval interval =
                    new RowTable(List.of(), documents, values, ones).interval(new Resampling(400, .9, round));
            covered +=
                    interval.low().value() <= .7602 && .7602 <= interval.high().value() ? 1 : 0;
        }
        // 90 % of 200 with a standard error of 4.2; the bootstrap of 40 documents is a little short.
        assertThat(covered).isBetween(166, 192);
    }
}
