package dev.loupe.execute.step;

import dev.loupe.plan.values.AgreeModels;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.Mapped;
import dev.loupe.result.sample.Resampling;
import dev.loupe.result.sample.RowTable;
import dev.loupe.result.sample.Sample;
import java.util.List;

/**
 * How models agree, from sums over the positions of each row. It is data, so that the machine that made it can send it.
 *
 * @param sums [row, sum, pairs...], the sums in the order of {@link AgreedModels.Sum}
 */
record AgreementSample(RowTable sums) implements Sample {
    static final String SUM = "sum";

    private Sample parts() {
        return new Mapped(sums, List.of(SUM), List.of(AgreeModels.parts()), AgreedModels::parts);
    }

    @Override
    public List<Axis> axes() {
        return parts().axes();
    }

    @Override
    public int rows() {
        return sums.rows();
    }

    @Override
    public NamedArray estimate() {
        return parts().estimate();
    }

    @Override
    public NamedArray replicate(Resampling resampling, int b) {
        return parts().replicate(resampling, b);
    }

    @Override
    public Sample at(String axis, int index) {
        return axis.equals(AgreeModels.parts().name())
                ? parts().at(axis, index)
                : new AgreementSample(sums.at(axis, index));
    }
}
