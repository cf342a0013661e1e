package dev.loupe.result;

/**
 * What a page says of one model beside others.
 *
 * @param model its label, as a setting names it
 * @param family what it is one of: the type that its config.json names, or the card that trained it
 * @param parameters numbers that it keeps, those that two of its matrices share counted once
 * @param layers blocks
 * @param heads in each block; 0 where it has none
 */
public record ModelFacts(String model, String family, long parameters, int layers, int heads) {}
