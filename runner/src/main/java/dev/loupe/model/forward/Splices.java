package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.dictionary.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows a visitor the features of dictionaries, and splices into the pass what it makes of them. An activation x with features f
 * becomes x + D(f') - D(f) + e' - e, where D is the reconstruction, e = x - D(f) its error and a prime what the visitor returns:
 * features that are not edited change not a bit, and gradients of everything else are those of the model alone. A dictionary
 * that the visitor does not want is not computed.
 */
final class Splices implements HookVisitor {
    private final List<Dictionary> dictionaries;
    private final HookVisitor visitor;
    private final Map<Dictionary, Coded> coded = new HashMap<>();

    /** @param features as the visitor wants them */
    private record Coded(Dictionary.Code code, NDArray features) {}

    private Splices(List<Dictionary> dictionaries, HookVisitor visitor) {
        this.dictionaries = dictionaries;
        this.visitor = visitor;
    }

    /** For one pass; the visitor itself where there is nothing to splice. */
    static HookVisitor of(List<Dictionary> dictionaries, HookVisitor visitor) {
        List<Dictionary> watched =
                dictionaries.stream().filter(d -> watched(d, visitor)).toList();
        return watched.isEmpty() ? visitor : new Splices(watched, visitor);
    }

    private static boolean watched(Dictionary dictionary, HookVisitor visitor) {
        return visitor.wants(features(dictionary)) || visitor.wants(error(dictionary));
    }

    private static HookPoint features(Dictionary dictionary) {
        return HookPoint.of(Site.FEATURES, dictionary.config().layer());
    }

    private static HookPoint error(Dictionary dictionary) {
        return HookPoint.of(Site.DICTIONARY_ERROR, dictionary.config().layer());
    }

    @Override
    public boolean wants(HookPoint point) {
        return visitor.wants(point)
                || dictionaries.stream()
                        .map(Dictionary::config)
                        .anyMatch(d -> d.reads().equals(point) || d.writes().equals(point));
    }

    @Override
    public NDArray visit(HookPoint point, NDArray value) {
        NDArray out = visitor.wants(point) ? visitor.visit(point, value) : value;
        NDArray spliced = out;
        for (Dictionary dictionary : dictionaries) {
            if (dictionary.config().reads().equals(point)) {
                read(dictionary, flat(spliced));
            }
            if (dictionary.config().writes().equals(point)) {
                spliced = written(dictionary, flat(spliced), spliced);
            }
        }
        if (spliced != out && visitor.wants(point)) {
            visitor.replaced(point, spliced);
        }
        return spliced;
    }

    /** Heads side by side are one vector. */
    private static NDArray flat(NDArray value) {
        return value.getShape().dimension() == 4 ? Ops.reshapeLast(value, 2, -1) : value;
    }

    private void read(Dictionary dictionary, NDArray x) {
        Dictionary.Code code = dictionary.code(x);
        NDArray features = code.features();
        told(dictionary, features);
        HookPoint point = features(dictionary);
        coded.put(
                dictionary,
                new Coded(
                        code, visitor.wants(point) ? same(point, visitor.visit(point, features), features) : features));
    }

    private NDArray written(Dictionary dictionary, NDArray x, NDArray whole) {
        Coded own = coded.remove(dictionary);
        if (own == null) {
            throw new IllegalStateException(
                    "the run never reached " + dictionary.config().reads().name());
        }
        HookPoint point = error(dictionary);
        boolean edited = own.features() != own.code().features();
        if (!edited && !visitor.wants(point)) {
            return whole;
        }
        NDArray before = reconstruction(dictionary, own.code(), own.code().features());
        NDArray change =
                edited ? reconstruction(dictionary, own.code(), own.features()).sub(before) : null;
        if (visitor.wants(point)) {
            NDArray error = x.sub(before);
            NDArray kept = same(point, visitor.visit(point, error), error);
            change = kept == error ? change : plus(change, kept.sub(error));
        }
        return change == null ? whole : whole.add(change.reshape(whole.getShape()));
    }

    private static NDArray plus(@Nullable NDArray a, NDArray b) {
        return a == null ? b : a.add(b);
    }

    private static NDArray same(HookPoint point, NDArray out, NDArray value) {
        if (!out.getShape().equals(value.getShape())) {
            throw new IllegalArgumentException(
                    "an edit at " + point + " has the shape " + out.getShape() + " instead of " + value.getShape());
        }
        return out;
    }

    private NDArray reconstruction(Dictionary dictionary, Dictionary.Code code, NDArray features) {
        NDArray out = code.reconstruction(features);
        visitor.worked(
                dictionary.config().layer(),
                2 * features.size() * dictionary.config().out(),
                out.size());
        return out;
    }

    private void told(Dictionary dictionary, NDArray features) {
        visitor.worked(
                dictionary.config().layer(),
                2 * features.size() * dictionary.config().in(),
                features.size());
    }

    @Override
    public void worked(int layer, long flops, long elements) {
        visitor.worked(layer, flops, elements);
    }
}
