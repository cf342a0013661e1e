package dev.loupe.dataset.label;

/**
 * What a file says of a part of its own text.
 *
 * @param start first character, in UTF-16 units of the document
 * @param end the one after the last
 * @param column which column says it
 * @param value what it says
 */
public record GoldSpan(int start, int end, String column, String value) {}
