package dev.loupe.dataset.rows;

import dev.loupe.failure.UserInputException;
import java.util.List;

/** Options of a dataset that cannot be met: with this vocabulary, these files or this tokenizer. The user can mend it. */
public sealed class DatasetException extends UserInputException permits NoTokenizerException, NoCounterparts {

    private static final long serialVersionUID = 1L;

    private final String option;
    private final String dataset;
    private final List<String> faults;

    /**
     * @param option the option at fault as a path within the dataset: {@code period}, {@code ids[1][2]}
     * @param message what is wrong and what was meant
     */
    public DatasetException(String option, String message) {
        this("", option, message);
    }

    /**
     * Several faults of one option.
     *
     * @param faults each what is wrong and what was meant
     */
    public DatasetException(String option, List<String> faults) {
        this("", option, faults);
    }

    DatasetException(String dataset, String option, String message) {
        this(dataset, option, List.of(message));
    }

    private DatasetException(String dataset, String option, List<String> faults) {
        super(String.join("; ", faults));
        this.dataset = dataset;
        this.option = option;
        this.faults = List.copyOf(faults);
    }

    /** What is wrong, each fault by itself. */
    public List<String> faults() {
        return faults;
    }

    /** The same fault of the dataset with this name. */
    public DatasetException in(String name) {
        return new DatasetException(name, option, faults);
    }

    /** The name of the dataset in its spec; empty where it is not known. */
    public String dataset() {
        return dataset;
    }

    /** Where within the dataset's options the fault lies, so that the message can carry line and column. */
    public String option() {
        return option;
    }
}
