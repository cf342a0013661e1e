package dev.loupe.resolve.model;

import dev.loupe.hub.CorpusSnapshot;
import dev.loupe.hub.Pull;
import dev.loupe.model.published.CorpusChoice;
import java.io.IOException;

/** A corpus that has a card and is not on this disk. */
public final class AbsentCorpus extends NotDownloaded {
    private static final long serialVersionUID = 1L;

    private final transient CorpusChoice choice;

    public AbsentCorpus(CorpusChoice choice) {
        super("the corpus " + choice.name() + " (" + choice.corpus().repository() + ") is not on this machine: "
                + choice.command());
        this.choice = choice;
    }

    @Override
    public String label() {
        return choice.name();
    }

    @Override
    public void fetch(Pull pull) throws IOException {
        CorpusSnapshot unused = pull.corpus(choice);
    }
}
