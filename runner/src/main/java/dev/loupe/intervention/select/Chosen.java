package dev.loupe.intervention.select;

import dev.loupe.plan.ask.FoundEdges;
import dev.loupe.plan.ask.FoundHeads;

/** What the words about an intervention say of choices that an earlier measurement makes. */
public interface Chosen {
    /** Before anything is measured: a choice is told, not what it finds. */
    Chosen NOT_YET = new Chosen() {
        @Override
        public String heads(FoundHeads choice) {
            return "";
        }

        @Override
        public String edges(FoundEdges choice) {
            return "";
        }
    };

    /** The heads that a choice finds, model by model where they differ; empty while that is not known. */
    String heads(FoundHeads choice);

    /** The edges that a choice finds, likewise. */
    String edges(FoundEdges choice);
}
