package dev.loupe.report.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.ClaimResult;
import dev.loupe.result.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelClaimsTest {
    private static ClaimResult within(ClaimResult claim, Limits limits) {
        return new ClaimResult(
                claim.say(),
                limits,
                claim.by(),
                claim.needed(),
                claim.level(),
                claim.parts(),
                claim.because(),
                claim.about());
    }

    /** What is above 0 in one run and below 0.5 in another is no claim that both make. */
    @Test
    void aSentenceWithOtherLimitsIsAnotherClaim() {
        ClaimResult claim = ModelRuns.claim("it sorts", "model a");
        ClaimResult other = within(claim, new Limits(null, 0.5));
        ModelClaims same = ModelClaims.of(List.of(ModelRuns.named("one", claim), ModelRuns.named("two", claim)));
        assertThat(same.columns())
                .singleElement()
                .satisfies(column -> assertThat(column.entries()).hasSize(2));
        assertThat(ModelClaims.of(List.of(ModelRuns.named("one", claim), ModelRuns.named("two", other)))
                        .columns())
                .isEmpty();
        ModelClaims three = ModelClaims.of(
                List.of(ModelRuns.named("one", claim), ModelRuns.named("two", other), ModelRuns.named("three", other)));
        assertThat(three.columns())
                .singleElement()
                .satisfies(column -> assertThat(column.limits()).isEqualTo(new Limits(null, 0.5)))
                .satisfies(column -> assertThat(column.entries()).hasSize(2));
    }
}
