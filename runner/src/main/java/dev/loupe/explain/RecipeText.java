package dev.loupe.explain;

import dev.loupe.model.card.Base;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.TrainedCard;
import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.ModelSource;
import dev.loupe.text.Count;
import dev.loupe.text.VisibleText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the trainings of an experiment's models have besides rows and answers. */
public final class RecipeText {
    private RecipeText() {}

    /** A line for each card whose training has noise or a penalty. */
    public static String of(Experiment experiment) {
        Set<CardFile> cards = new LinkedHashSet<>();
        experiment.models().values().forEach(family -> family.units().forEach(unit -> collect(unit, cards)));
        StringBuilder text = new StringBuilder();
        for (CardFile file : cards) {
            List<String> additions =
                    file.card() instanceof TrainedCard card ? card.recipe().additions() : List.of();
            if (!additions.isEmpty()) {
                text.append(VisibleText.line(file.name()))
                        .append(" is trained with ")
                        .append(Count.list(additions))
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** The card of a model, and those whose weights its training begins with. */
    private static void collect(ModelInstance unit, Set<CardFile> cards) {
        if (unit.source() instanceof ModelSource.Trained trained) {
            CardFile card = trained.card();
            cards.add(card);
            while (card.base() instanceof Base.Trained base) {
                card = base.card();
                cards.add(card);
            }
        }
    }
}
