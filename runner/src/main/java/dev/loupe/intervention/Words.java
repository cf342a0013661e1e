package dev.loupe.intervention;

import java.util.List;

/** Parts of captions. */
final class Words {
    private Words() {}

    static String at(List<String> names) {
        return names.contains("everywhere") ? "" : " at " + String.join(", ", names);
    }

    static String keys(List<String> names) {
        return names.contains("everywhere") ? "" : ", keys at " + String.join(", ", names);
    }

    static String window(List<Integer> sizes) {
        return sizes.equals(List.of(1))
                ? ""
                : ", in windows of "
                        + String.join(", ", sizes.stream().map(String::valueOf).toList()) + " layers";
    }
}
