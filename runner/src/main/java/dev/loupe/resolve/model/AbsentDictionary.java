package dev.loupe.resolve.model;

import dev.loupe.hub.DictionarySnapshot;
import dev.loupe.hub.Pull;
import dev.loupe.model.published.DictionaryChoice;
import java.io.IOException;

/** A dictionary of features that is on a hub and not on this disk. */
public final class AbsentDictionary extends NotDownloaded {
    private static final long serialVersionUID = 1L;

    private final transient DictionaryChoice choice;

    AbsentDictionary(DictionaryChoice choice) {
        super("the dictionary " + choice.name()
                + (choice.card() ? " (" + choice.repository() + ")" : "") + " is not on this machine: "
                + choice.command());
        this.choice = choice;
    }

    @Override
    public String label() {
        return choice.name() + " at " + choice.revision();
    }

    @Override
    public void fetch(Pull pull) throws IOException {
        DictionarySnapshot unused = pull.dictionary(choice);
    }
}
