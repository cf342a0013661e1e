package dev.loupe.resolve.model;

import dev.loupe.hub.Pull;
import dev.loupe.model.card.PublicChoice;
import java.io.IOException;

/** A dataset of text, and a public model whose tokenizer is not on this disk: without it there are no rows to plan with. */
public final class AbsentTokenizer extends NotDownloaded {
    private static final long serialVersionUID = 1L;

    private final transient PublicChoice choice;

    public AbsentTokenizer(PublicChoice choice, String dataset) {
        super("dataset `" + dataset + "` is text, but the tokenizer of " + choice.name() + " ("
                + choice.model().repository() + ") is not on this machine: " + choice.command());
        this.choice = choice;
    }

    @Override
    public String label() {
        return choice.label();
    }

    @Override
    public void fetch(Pull pull) throws IOException {
        pull.tokenizer(choice);
    }
}
