package dev.loupe.plan.neurons;

import dev.loupe.plan.FromValues;

/** A step about neurons that computes with finished values alone; the permits clause is all there are. */
public sealed interface NeuronStep extends FromValues
        permits ChooseExamples,
                ExampleValues,
                ContrastFactors,
                FitProbe,
                SearchLabels,
                DescribeSample,
                FitRules,
                JudgePurity,
                CompareCorpora,
                CompareRows,
                SampledValues,
                CountSigns {
    <R> R accept(Arithmetic<R> arithmetic);

    /** Something to do for each kind. */
    interface Arithmetic<R> {
        R chooseExamples(ChooseExamples step);

        R exampleValues(ExampleValues step);

        R contrastFactors(ContrastFactors step);

        R fitProbe(FitProbe step);

        R searchLabels(SearchLabels step);

        R describeSample(DescribeSample step);

        R fitRules(FitRules step);

        R judgePurity(JudgePurity step);

        R compareCorpora(CompareCorpora step);

        R compareRows(CompareRows step);

        R sampledValues(SampledValues step);

        R countSigns(CountSigns step);
    }
}
