package dev.loupe.dataset.prompt;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the counterpart of a prompt from a template differs from it. Rules act in the order written. */
public sealed interface SlotRule {

    /** The slots that it names. */
    List<String> names();

    /** Changes the words of the slots in place. */
    void change(Map<String, String> words, Slots slots, RowRandom random);

    /** Two slots trade words. */
    @Named("swap")
    @Doc("Swap the words of two slots.")
    @Example("{swap: [A, B]}")
    record Swap(@Key("swap") @Doc("The two slots.") List<String> swap) implements SlotRule {
        public Swap {
            swap = List.copyOf(swap);
            if (swap.size() != 2) {
                throw new IllegalArgumentException("`swap` takes two slots, not " + swap.size());
            }
        }

        @Override
        public List<String> names() {
            return swap;
        }

        @Override
        public void change(Map<String, String> words, Slots slots, RowRandom random) {
            String first = String.valueOf(words.get(swap.get(0)));
            words.put(swap.get(0), String.valueOf(words.get(swap.get(1))));
            words.put(swap.get(1), first);
        }
    }

    /** Slots take words that are nowhere in the prompt. */
    @Named("redraw")
    @Doc("Draw new words for slots from their lists, none of which is in the prompt.")
    @Example("{redraw: [A, B]}")
    record Redraw(
            @Key("redraw") @OneOrMany @Doc("The slots.") List<String> redraw) implements SlotRule {
        public Redraw {
            redraw = List.copyOf(redraw);
        }

        @Override
        public List<String> names() {
            return redraw;
        }

        @Override
        public void change(Map<String, String> words, Slots slots, RowRandom random) {
            Set<String> taken = new HashSet<>(words.values());
            for (String slot : redraw) {
                List<String> left = new ArrayList<>(slots.words().getOrDefault(slot, List.of()));
                left.removeAll(taken);
                if (left.isEmpty()) {
                    throw new DatasetException(
                            "corruption", "slot `" + slot + "` has no word left that is not already in the prompt");
                }
                String word = left.get(random.nextInt(left.size()));
                words.put(slot, word);
                taken.add(word);
            }
        }
    }

    /** A slot takes a given word, or that of another slot. */
    @Named("put")
    @Doc("Set a slot to a given word, or to the word of another slot.")
    @Example("{put: B, word: \"{A}\"}")
    record Put(
            @Key("put") @Doc("The slot.") String put,
            @Doc("The word; `{A}` is the word of slot A.") String word) implements SlotRule {
        @Override
        public List<String> names() {
            return List.of(put);
        }

        @Override
        public void change(Map<String, String> words, Slots slots, RowRandom random) {
            words.put(put, Templates.filled(word, words));
        }
    }

    /** A word in another of its forms. */
    @Named("form")
    @Doc("Give the word of a slot its next form, such as `keys` for `key`: for slots in `forms`.")
    @Example("{form: N}")
    record Form(@Key("form") @Doc("The slot.") String form) implements SlotRule {
        @Override
        public List<String> names() {
            return List.of(form);
        }

        @Override
        public void change(Map<String, String> words, Slots slots, RowRandom random) {
            words.put(form, slots.other(form, String.valueOf(words.get(form))));
        }
    }
}
