package dev.loupe.schema.yaml;

import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** Builds a tree from parse events with its own stack, so that no depth of input is a depth of calls. */
public final class TreeBuilder {

    /** Levels of nesting. */
    public static final int MOST_LEVELS = 64;

    /** Nodes of a tree, aliases counted as often as they are used. */
    public static final int MOST_NODES = 200_000;

    private static final int LONGEST_KEY = 500;

    /** Ends the parse of a document that cannot be used. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        Refused(SourceLocation mark, String code, String message) {
            super(message, null, false, false);
            problem = new Problem(mark, code, message, null);
        }

        Problem problem() {
            return problem;
        }
    }

    /** A finished node with what it costs to walk it. */
    private record Weighed(YamlTree tree, int nodes, int levels) {}

    /** A collection whose end has not come. */
    private static final class Open {
        final SourceLocation mark;
        final Optional<Anchor> anchor;
        final boolean mapping;
        final Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
        final List<YamlTree> items = new ArrayList<>();

        @Nullable
        YamlScalar key;

        int nodes = 1;
        int levels;

        Open(SourceLocation mark, Optional<Anchor> anchor, boolean mapping) {
            this.mark = mark;
            this.anchor = anchor;
            this.mapping = mapping;
        }
    }

    private final String file;
    private final Problems problems;
    private final Deque<Open> stack = new ArrayDeque<>();
    private final Map<String, Weighed> anchors = new HashMap<>();
    private int total;
    private int documents;
    private @Nullable YamlTree root;

    TreeBuilder(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    void accept(Event event) {
        SourceLocation mark = event.getStartMark()
                .map(m -> new SourceLocation(file, m.getLine() + 1, m.getColumn() + 1))
                .orElse(SourceLocation.start(file));
        switch (event.getEventId()) {
            case DocumentStart -> startDocument((DocumentStartEvent) event, mark);
            case MappingStart, SequenceStart -> open((CollectionStartEvent) event, mark);
            case MappingEnd, SequenceEnd -> close();
            case Scalar -> scalar((ScalarEvent) event, mark);
            case Alias -> alias(((AliasEvent) event).getAlias().getValue(), mark);
            default -> {}
        }
    }

    /** The document, once all events have come. */
    YamlTree finish() {
        if (root == null || root.isNull()) {
            throw new Refused(SourceLocation.start(file), "empty", "the document is empty");
        }
        return root;
    }

    private void startDocument(DocumentStartEvent event, SourceLocation mark) {
        if (++documents > 1) {
            throw new Refused(
                    mark, "many-documents", "a second document starts here; a file must contain one " + "document");
        }
        event.getSpecVersion().ifPresent(version -> {
            if (version.getMajor() != 1) {
                throw new Refused(mark, "syntax", "YAML " + version.getMajor() + " is not understood; YAML 1.2 is");
            }
        });
    }

    private void open(CollectionStartEvent event, SourceLocation mark) {
        refuseTag(event.getTag(), mark);
        refuseAsKey(mark, "a list or mapping");
        if (stack.size() >= MOST_LEVELS) {
            throw new Refused(mark, "too-deep", "nested deeper than " + MOST_LEVELS + " levels");
        }
        event.getAnchor().ifPresent(anchor -> anchors.remove(anchor.getValue()));
        stack.push(new Open(mark, event.getAnchor(), event instanceof MappingStartEvent));
    }

    private void close() {
        Open open = stack.pop();
        YamlTree tree = open.mapping ? new YamlMap(open.mark, open.entries) : new YamlList(open.mark, open.items);
        add(new Weighed(tree, open.nodes, open.levels + 1), open.anchor, 1);
    }

    private void scalar(ScalarEvent event, SourceLocation mark) {
        refuseTag(event.getTag(), mark);
        String text = event.getValue();
        if (unusable(text)) {
            throw new Refused(
                    mark, "control-character", "the text contains an escaped NUL or half of a surrogate " + "pair");
        }
        YamlScalar scalar = event.isPlain() ? YamlScalar.plain(mark, text) : YamlScalar.quoted(mark, text);
        Open open = stack.peek();
        if (open != null && open.mapping && open.key == null) {
            // A key is its text: `null` was once the key of an option, and is still read.
            if (scalar.isNull() && !text.equals("null")) {
                throw new Refused(mark, "syntax", "a key is missing before the colon, or is null; quote it if meant");
            }
            if (text.length() > LONGEST_KEY) {
                throw new Refused(mark, "syntax", "a key is longer than " + LONGEST_KEY + " characters");
            }
            open.key = scalar;
        } else {
            add(new Weighed(scalar, 1, 0), event.getAnchor(), 1);
        }
    }

    private void alias(String name, SourceLocation mark) {
        refuseAsKey(mark, "an alias");
        Weighed target = anchors.get(name);
        if (target == null) {
            throw new Refused(mark, "alias", "the alias *" + name + " names no finished anchor before it");
        }
        if (stack.size() + target.levels > MOST_LEVELS) {
            throw new Refused(mark, "too-deep", "the alias *" + name + " nests deeper than " + MOST_LEVELS + " levels");
        }
        add(target, Optional.empty(), target.nodes);
    }

    /** Puts a finished node into what is open around it. */
    private void add(Weighed node, Optional<Anchor> anchor, int cost) {
        if (MOST_NODES - total < cost) {
            throw new Refused(
                    node.tree.mark(), "too-large", "more than " + MOST_NODES + " values, aliases counted at each use");
        }
        total += cost;
        anchor.ifPresent(name -> anchors.put(name.getValue(), node));
        Open open = stack.peek();
        if (open == null) {
            root = node.tree;
            return;
        }
        open.nodes += node.nodes;
        open.levels = Math.max(open.levels, node.levels);
        YamlScalar key = open.key;
        if (key == null) {
            open.items.add(node.tree);
            return;
        }
        open.key = null;
        YamlMap.Entry entry = new YamlMap.Entry(key.text(), key.mark(), node.tree);
        YamlMap.Entry first = open.entries.putIfAbsent(key.text(), entry);
        if (first != null) {
            String message = "the key `" + key.text() + "` is already on line "
                    + first.mark().line();
            problems.add(key.mark(), "duplicate-key", message);
        }
    }

    private void refuseAsKey(SourceLocation mark, String what) {
        Open open = stack.peek();
        if (open != null && open.mapping && open.key == null) {
            throw new Refused(mark, "syntax", what + " cannot be a key");
        }
    }

    private static void refuseTag(Optional<String> tag, SourceLocation mark) {
        if (tag.isPresent()) {
            throw new Refused(mark, "tag", "the tag " + tag.get() + " is not allowed: no YAML tag is");
        }
    }

    /** NUL ends strings in native code, and half a surrogate pair cannot be written to a file again. */
    private static boolean unusable(String text) {
        return text.indexOf('\0') >= 0
                || text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
