package dev.loupe.plan.build;

/** A choice by an earlier result finds no head or edge in one model: what was to be measured there is undefined. */
public final class NothingChosen extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** @param reason what was looked for and where */
    public NothingChosen(String reason) {
        super(reason);
    }
}
