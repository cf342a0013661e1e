package dev.loupe.intervention;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.intervention.select.Earlier;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.build.SelectionWords;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.WithoutFrequencies;
import dev.loupe.result.Axis;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.schema.shape.IntRange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Removes frequencies of a modulus from the embeddings of numbers (Nanda et al. 2023 do so with logits and activations). */
@Named("ablate-frequency")
@Doc(
        "Remove the cosine and the sine of frequencies over the numbers 0 to modulus - 1 from the embeddings of these numbers. Other "
                + "tokens keep theirs.")
@Example("{ablate-frequency: 1..5, modulus: 59, each: true}")
public record AblateFrequency(
        @Key("ablate-frequency") @OneOrMany @Doc("The frequencies, from 1 to (modulus - 1) / 2.")
        List<IntRange> frequencies,

        @Doc("The modulus, an odd number: number n is token n, up to this.")
        int modulus,

        @Default("false")
        @Doc(
                "Whether each frequency is removed alone, which gives an axis `frequency`; otherwise all are removed together.")
        boolean each,

        @OneOrMany @Default("everywhere") @Doc("Named positions or position classes; `everywhere` for all positions.")
        List<String> at,

        @Inline Earlier earlier)
        implements Intervention {
    public AblateFrequency {
        frequencies = List.copyOf(frequencies);
        at = List.copyOf(at);
        if (modulus < 3 || modulus % 2 == 0) {
            throw new IllegalArgumentException("`modulus` must be odd and at least 3, not " + modulus
                    + ": an even one has a frequency without a sine");
        }
        int last = (modulus - 1) / 2;
        if (frequencies.isEmpty() || frequencies.stream().anyMatch(range -> range.low() < 1 || range.high() > last)) {
            throw new IllegalArgumentException(
                    "frequencies of the modulus " + modulus + " are 1 to " + last + ", not " + frequencies);
        }
        if (at.isEmpty() || (at.contains("everywhere") && at.size() > 1)) {
            throw new IllegalArgumentException("name positions, or `everywhere` alone");
        }
    }

    private List<Integer> chosen() {
        return frequencies.stream()
                .flatMapToInt(range -> IntStream.rangeClosed(range.low(), range.high()))
                .distinct()
                .boxed()
                .toList();
    }

    @Override
    public Sweep sweep(Planning planning, EditContext run) {
        ModelShape shape = planning.model().shape();
        HookPoint point = planning.point(Site.EMBED, -1);
        if (modulus > shape.vocabulary()) {
            throw new IllegalArgumentException("numbers below " + modulus + " need as many tokens, but "
                    + planning.model().label() + " reads " + shape.vocabulary());
        }
        if (!each) {
            return new Sweep(List.of(), List.of(without(0, point, chosen())));
        }
        List<Cell> cells = new ArrayList<>();
        chosen().forEach(frequency -> cells.add(without(cells.size(), point, List.of(frequency))));
        return new Sweep(
                List.of(new Axis(
                        "frequency", chosen().stream().map(String::valueOf).toList())),
                cells);
    }

    private Cell without(int index, HookPoint point, List<Integer> some) {
        return new Cell(
                index, List.of(new Edit(point, List.of(), Positions.named(at), new WithoutFrequencies(some, modulus))));
    }

    @Override
    public String describe(Chosen chosen) {
        return (each ? "each of the frequencies " : "the frequencies ") + frequencies + " of the numbers below "
                + modulus + " removed from `embed`" + SelectionWords.at(at);
    }
}
