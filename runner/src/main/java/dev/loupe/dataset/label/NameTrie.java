package dev.loupe.dataset.label;

import java.util.HashMap;
import java.util.Map;

/** Names by their characters: finds the longest that begins at a place and is no part of a longer word. */
final class NameTrie {
    private final Map<Character, NameTrie> next = new HashMap<>();
    /** The class of the name that ends here, or -1. */
    private int value = -1;

    void add(String name, int of) {
        NameTrie node = this;
        for (int i = 0; i < name.length(); i++) {
            node = node.next.computeIfAbsent(name.charAt(i), any -> new NameTrie());
        }
        node.value = of;
    }

    /** Finds names from left to right, none within another. */
    void find(String text, Found found) {
        int i = 0;
        while (i < text.length()) {
            int end = -1;
            int of = -1;
            NameTrie node = boundary(text, i) ? this : null;
            for (int k = i; node != null && k < text.length(); ) {
                node = node.next.get(text.charAt(k++));
                if (node != null && node.value >= 0 && boundary(text, k)) {
                    end = k;
                    of = node.value;
                }
            }
            if (end > 0) {
                found.name(i, end, of);
            }
            i = Math.max(i + 1, end);
        }
    }

    /** Whether a word does not go on across a place. */
    private static boolean boundary(String text, int at) {
        return at == 0
                || at == text.length()
                || !Character.isLetterOrDigit(text.codePointBefore(at))
                || !Character.isLetterOrDigit(text.codePointAt(at));
    }

    /** A name that was found. */
    interface Found {
        void name(int start, int end, int of);
    }
}
