package dev.loupe.execute.neurons;

import dev.loupe.execute.documents.DocumentSplit;
import dev.loupe.text.Count;
import java.util.stream.IntStream;

/** Why nothing can be told of a label, in words that follow "undefined". */
final class WhyUndefined {
    private final String label;
    private final DocumentSplit split;
    private final boolean[] own;

    /** @param own whether each sampled position has the label */
    WhyUndefined(String label, DocumentSplit split, boolean[] own) {
        this.label = label;
        this.split = split;
        this.own = own;
    }

    /**
     * @param train positions that select, in the groups within which they are compared
     * @param test positions that test
     * @param least how many positions must have the label, and how many must lack it, on either side
     */
    String of(Strata train, Strata test, int least) {
        String why = tooFew(train, "select", least);
        why = why.isEmpty() ? tooFew(test, "test", least) : why;
        String said =
                why.isEmpty() ? "without one of the test documents no position that has it, or lacks it, is left" : why;
        return "`" + label + "`: " + said + documents();
    }

    private String tooFew(Strata side, String does, int least) {
        boolean[] has = side.in(own);
        long with = IntStream.range(0, has.length).filter(i -> has[i]).count();
        String of = "of the " + Count.of(has.length, "sampled position") + " of documents that " + does + ", ";
        if (with < least || has.length - with < least) {
            boolean have = with < least;
            long few = have ? with : has.length - with;
            return of + (few == 0 ? "none " : few + " ") + (few > 1 ? have ? "have" : "lack" : have ? "has" : "lacks")
                    + " it, and " + least + " are needed";
        }
        Strata.Pairs pairs = side.pairs(has);
        return pairs.fewerThan(least)
                ? of + "where only equal token ids are compared, " + pairs.with() + " have it and " + pairs.without()
                        + " lack it among token ids that occur both ways, and " + least + " of either kind are needed"
                : "";
    }

    /** In how many documents the label is, where these are few enough to be the reason. */
    private String documents() {
        long with = IntStream.range(0, own.length)
                .filter(i -> own[i])
                .map(i -> split.document()[i])
                .distinct()
                .count();
        long all = IntStream.of(split.document()).distinct().count();
        return " (sampled positions with it are in " + with + " of " + Count.of(all, "document") + ")";
    }
}
