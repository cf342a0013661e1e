package dev.loupe.dataset.given;

import dev.loupe.dataset.label.GoldSpan;
import java.util.List;

/**
 * One document.
 *
 * @param register the index of its register, -1 where there are none
 * @param gold what its file says of parts of it
 */
record Document(String text, int register, List<GoldSpan> gold) {}
