package dev.loupe.cli;

import dev.loupe.cli.terminal.Session;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.hub.DownloadProgress;
import dev.loupe.hub.HubSettings;
import dev.loupe.hub.HubSnapshot;
import dev.loupe.hub.Pull;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.progress.Progress;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.model.AbsentTokenizer;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Brings public models to this disk, with a bar. */
final class Downloads {
    private final Session session;
    private final HubSettings settings;

    Downloads(Session session) {
        this.session = session;
        this.settings = HubSettings.of(session.environment());
    }

    HubSettings settings() {
        return settings;
    }

    HubSnapshot model(PublicChoice choice) throws IOException {
        try {
            return pull().model(choice);
        } finally {
            session.progress().done();
        }
    }

    /**
     * Checks a spec, and brings what it needs: where its rows are text, the tokenizer first, so that all of the spec is
     * checked before gigabytes are fetched.
     */
    SpecFile.Checked check(SpecFile spec) throws IOException {
        Set<PublicChoice> tokenizers = new HashSet<>();
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
            } catch (AbsentTokenizer e) {
                if (!tokenizers.add(e.choice())) {
                    throw e;
                }
                pull().tokenizer(e.choice());
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
                            + ", and cannot be downloaded: " + e.getMessage() + " (" + choice.command() + ")",
                    e);
        }
    }

    private Pull pull() {
        return new Pull(settings, new Shown(session.progress()), session.stop());
    }

    /** Bytes as whole megabytes, which is what a bar can show. */
    private static final class Shown implements DownloadProgress {
        private static final long MEGA = 1_000_000;

        private final Progress progress;
        private long arrived;
        private long shown;

        Shown(Progress progress) {
            this.progress = progress;
        }

        @Override
        public synchronized void began(String what, long bytes) {
            arrived = 0;
            shown = 0;
            progress.stage("downloading " + what + ", MB", (bytes + MEGA - 1) / MEGA);
        }

        @Override
        public synchronized void arrived(long bytes) {
            arrived += bytes;
            long now = (arrived + MEGA - 1) / MEGA;
            progress.advance(now - shown);
            shown = now;
        }

        @Override
        public void note(String words) {
            progress.note(words);
        }
    }
}
