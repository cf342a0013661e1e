package dev.loupe.dataset.language;

import dev.loupe.dataset.Dataset;

/** Artificial languages. The permits clause is the registry of this group. */
public sealed interface LanguageDataset extends Dataset
        permits PlantedLanguage, PlantedDocuments, LanguageGrid, LanguageSpellings {}
