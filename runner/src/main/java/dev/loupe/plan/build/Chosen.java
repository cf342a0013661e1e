package dev.loupe.plan.build;

import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.FoundEdges;

/** What the words about an intervention say of choices that an earlier measurement makes. */
public interface Chosen {
    /** Before anything is measured: a choice is told, not what it finds. */
    Chosen NOT_YET = new Chosen() {
        @Override
        public String components(Found choice, ComponentKind kind) {
            return "";
        }

        @Override
        public String edges(FoundEdges choice) {
            return "";
        }
    };

    /** The components that a choice finds, model by model where they differ; empty while that is not known. */
    String components(Found choice, ComponentKind kind);

    /** The edges that a choice finds, likewise. */
    String edges(FoundEdges choice);
}
