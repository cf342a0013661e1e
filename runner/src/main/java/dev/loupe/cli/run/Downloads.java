package dev.loupe.cli.run;

import dev.loupe.cli.terminal.MegabyteProgress;
import dev.loupe.cli.terminal.Session;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.hub.CorpusSnapshot;
import dev.loupe.hub.DictionarySnapshot;
import dev.loupe.hub.HubSettings;
import dev.loupe.hub.HubSnapshot;
import dev.loupe.hub.Pull;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.model.published.CorpusChoice;
import dev.loupe.model.published.DictionaryChoice;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.model.NotDownloaded;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Brings public models to this disk, with a bar. */
public final class Downloads {
    private final Session session;
    private final HubSettings settings;

    public Downloads(Session session) {
        this.session = session;
        this.settings = HubSettings.of(session.environment());
    }

    public HubSettings settings() {
        return settings;
    }

    public HubSnapshot model(PublicChoice choice) throws IOException {
        try {
            return pull().model(choice);
        } finally {
            session.progress().done();
        }
    }

    public CorpusSnapshot corpus(CorpusChoice choice) throws IOException {
        try {
            return pull().corpus(choice);
        } finally {
            session.progress().done();
        }
    }

    public DictionarySnapshot dictionary(DictionaryChoice choice) throws IOException {
        try {
            return pull().dictionary(choice);
        } finally {
            session.progress().done();
        }
    }

    /**
     * Checks a spec, and brings what it needs: dictionaries, and where its rows are text, corpus and tokenizer first, so that all of the spec is
     * checked before gigabytes are fetched.
     */
    public SpecFile.Checked check(SpecFile spec) throws IOException {
        Set<String> fetched = new HashSet<>();
        while (true) {
            try {
                SpecFile.Checked checked = spec.check();
                if (checked.experiment().absent().isEmpty()) {
                    return checked;
                }
                for (PublicChoice choice : checked.experiment().absent()) {
                    var unused = missing(choice, spec);
                }
                return spec.check();
            } catch (NotDownloaded e) {
                if (!fetched.add(e.getClass() + " " + e.label())) {
                    throw e;
                }
                e.fetch(pull());
                session.progress().done();
            }
        }
    }

    private HubSnapshot missing(PublicChoice choice, SpecFile spec) throws IOException {
        try {
            return model(choice);
        } catch (EnvironmentException e) {
            throw new EnvironmentException(
                    choice.label() + " is neither in " + spec.catalog().folders() + " nor in " + settings.cache()
                            + " and cannot be downloaded: " + e.getMessage() + " (" + choice.command() + ")",
                    e);
        }
    }

    private Pull pull() {
        return new Pull(settings, new MegabyteProgress(session.progress()), session.stop());
    }
}
