package dev.loupe.plan.neurons;

import dev.loupe.plan.WithModel;

/** A step about neurons that needs their model beside finished values; the permits clause is all there are. */
public sealed interface NeuronModelStep extends WithModel
        permits ReadExamples, VocabularyStep, RankExamples, ShortenContexts, EditExamples, MatchNeurons {
    <R> R accept(Arithmetic<R> arithmetic);

    /** Something to do for each kind. */
    interface Arithmetic<R> {
        R readExamples(ReadExamples step);

        R alignVocabulary(AlignVocabulary step);

        R liftVocabulary(LiftVocabulary step);

        R rankExamples(RankExamples step);

        R shortenContexts(ShortenContexts step);

        R editExamples(EditExamples step);

        R matchNeurons(MatchNeurons step);
    }
}
