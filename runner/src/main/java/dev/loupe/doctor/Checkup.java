package dev.loupe.doctor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found, by heading and name, and what is missing. */
public final class Checkup {
    /**
     * Something that Loupe needs and has not.
     *
     * @param what in a sentence
     * @param mend the one command, or the one thing to do, that mends it
     */
    public record Lack(String what, String mend) {}

    private final Map<String, Map<String, List<String>>> facts = new LinkedHashMap<>();
    private final List<Lack> lacks = new ArrayList<>();

    void fact(String heading, String name, String value) {
        facts.computeIfAbsent(heading, h -> new LinkedHashMap<>())
                .computeIfAbsent(name, n -> new ArrayList<>())
                .add(value);
    }

    void lack(String what, String mend) {
        lacks.add(new Lack(what, mend));
    }

    /** By heading, then by name; a name can have several values. */
    public Map<String, Map<String, List<String>>> facts() {
        return Collections.unmodifiableMap(facts);
    }

    public List<Lack> lacks() {
        return List.copyOf(lacks);
    }
}
