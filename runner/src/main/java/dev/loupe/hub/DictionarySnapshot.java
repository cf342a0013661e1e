package dev.loupe.hub;

import dev.loupe.model.published.DictionaryChoice;
import java.nio.file.Path;

/**
 * A dictionary of features that is whole on this disk.
 *
 * @param commit which commit it is
 * @param folder its own folder in the snapshot
 */
public record DictionarySnapshot(DictionaryChoice choice, String commit, Path folder) {
    /** For people and reports: {@code jbloom/GPT2-Small-SAEs-Reformatted@0123456789ab, blocks.6.hook_resid_pre}. */
    public String origin() {
        return choice.repository() + "@" + commit.substring(0, 12)
                + (choice.folder().isEmpty() ? "" : ", " + choice.folder());
    }
}
