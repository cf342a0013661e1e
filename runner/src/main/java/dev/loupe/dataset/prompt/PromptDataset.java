package dev.loupe.dataset.prompt;

import dev.loupe.dataset.Dataset;

/** Sentences whose next token is the answer. The permits clause is the registry of this group. */
public sealed interface PromptDataset extends Dataset
        permits Docstring, Factorial, Facts, GreaterThan, Ioi, Prompts, Templates {}
