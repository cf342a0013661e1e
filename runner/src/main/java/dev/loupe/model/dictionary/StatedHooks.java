package dev.loupe.model.dictionary;

import dev.loupe.hook.HookPoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a spec or a card says of the activation that a dictionary is for, where its own files may not say it.
 *
 * @param by who says it, in words
 * @param reads the hook point that it reads, null where nobody says
 * @param writes the hook point whose activation a transcoder reconstructs, null where nobody says
 */
public record StatedHooks(
        String by, @Nullable HookPoint reads, @Nullable HookPoint writes) {
    /** Nothing is said. */
    public static final StatedHooks NOTHING = new StatedHooks("", null, null);

    /**
     * By the words of a spec or a card, which are empty where they say nothing.
     *
     * @throws IllegalArgumentException where they are no hook points
     */
    public static StatedHooks of(String by, String reads, String writes) {
        return new StatedHooks(by, point("reads", reads), point("writes", writes));
    }

    private static @Nullable HookPoint point(String key, String text) {
        return text.isEmpty()
                ? null
                : HookPoint.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "`" + key + "` is a hook point such as blocks.6.hook_resid_pre, not \"" + text + "\""));
    }

    /** Whether a dictionary of these reads one activation and reconstructs another. */
    boolean transcodes() {
        return writes != null && !writes.equals(reads);
    }

    /**
     * Where these contradict what files say, or are no place for a dictionary.
     *
     * @param problems is told so
     */
    void check(DictionaryConfig config, List<String> problems) {
        differs("is for ", config.reads(), "reads", reads, problems);
        differs("reconstructs ", config.writes(), "writes", writes, problems);
        boolean transcodes = config.kind().transcodes();
        if (reads != null && !DictionarySites.read(transcodes).contains(reads.site())) {
            problems.add(by + " says that it reads " + reads.name() + "; " + DictionarySites.readable(transcodes));
        } else if (writes != null && transcodes && !config.writes().equals(DictionarySites.written(config.reads()))) {
            problems.add(by + " says that it writes " + writes.name() + "; a transcoder that reads "
                    + config.reads().name() + " can write "
                    + DictionarySites.written(config.reads()).name());
        }
    }

    private void differs(String does, HookPoint own, String verb, @Nullable HookPoint said, List<String> problems) {
        if (said != null && !said.equals(own)) {
            problems.add(does + own.name() + ", but " + by + " says that it " + verb + " " + said.name());
        }
    }
}
