package dev.loupe.dataset.rows;

/** A dataset that could give its rows corrupted counterparts and was given none. */
public final class NoCounterparts extends DatasetException {
    private static final long serialVersionUID = 1L;

    public NoCounterparts(String option) {
        this("", option);
    }

    private NoCounterparts(String dataset, String option) {
        super(
                dataset,
                option,
                "there are no corrupted counterparts: give `corrupted`, or a file with `corrupted_tokens`");
    }

    @Override
    public DatasetException in(String name) {
        return new NoCounterparts(name, option());
    }
}
