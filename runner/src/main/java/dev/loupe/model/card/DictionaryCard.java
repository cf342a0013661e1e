package dev.loupe.model.card;

import dev.loupe.model.published.DictionaryChoice;
import dev.loupe.model.published.PublicDictionary;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import java.util.LinkedHashMap;
import java.util.Map;

/** Dictionaries of features that others published on a hub. */
@Named("dictionary")
@Doc(
        "Published dictionaries of features (sparse autoencoders, transcoders) on a hub, which a model names by `dictionary`")
@Example("""
        card: dictionary
        title: Sparse autoencoders of GPT-2 small's residual stream
        dictionaries:
          gpt2-small-res-jb-l{layer}:
            repository: jbloom/GPT2-Small-SAEs-Reformatted
            licence: not known here; jbloom/GPT2-Small-SAEs is MIT
            layers: 0..11
            folder: blocks.{layer}.hook_resid_pre
            reads: blocks.{layer}.hook_resid_pre
            processing: center-writing
        """)
public record DictionaryCard(
        @Doc("Version of the card language") @Default("1") int loupe,
        @Doc("One line for lists and reports") String title,

        @Doc("The dictionaries, by the names used in specs") Map<String, PublicDictionary> dictionaries)
        implements ModelCard {
    public DictionaryCard {
        if (loupe != 1) {
            throw new IllegalArgumentException(
                    "`loupe: " + loupe + "` is not a known version of the card language; use 1");
        }
        if (dictionaries.isEmpty()) {
            throw new IllegalArgumentException("`dictionaries` names no dictionary");
        }
        if (every(dictionaries).isEmpty()) {
            throw new IllegalStateException("dictionaries without names");
        }
    }

    /** Each dictionary by its own name, those of `layers` one by one. */
    public Map<String, DictionaryChoice> every() {
        return every(dictionaries);
    }

    private static Map<String, DictionaryChoice> every(Map<String, PublicDictionary> dictionaries) {
        Map<String, DictionaryChoice> all = new LinkedHashMap<>();
        dictionaries.forEach((name, one) -> all.putAll(one.all(name)));
        return all;
    }
}
