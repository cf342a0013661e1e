package dev.loupe;

import dev.loupe.schema.annotation.Groups;
import java.util.Arrays;
import java.util.stream.Stream;

/** What the registries hold. */
public final class Registries {
    private Registries() {}

    /** Every class of a registry: those of its groups, or what a sealed interface permits, down to the last. */
    public static Stream<Class<?>> members(Class<?> registry) {
        Groups groups = registry.getAnnotation(Groups.class);
        if (groups != null) {
            return Arrays.stream(groups.value()).flatMap(Registries::members);
        }
        return registry.isSealed()
                ? Arrays.stream(registry.getPermittedSubclasses()).flatMap(Registries::members)
                : Stream.of(registry);
    }
}
