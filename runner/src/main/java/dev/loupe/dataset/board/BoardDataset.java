package dev.loupe.dataset.board;

import dev.loupe.dataset.Dataset;

/** Moves of board games, for models that never see a board. The permits clause is the registry of this group. */
public sealed interface BoardDataset extends Dataset permits Othello {}
