package dev.loupe.schema.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On text, or on lists and maps of it: each is a name that the same document declares in another section. A name that
 * nobody declares is a problem at its own place, found whatever else is wrong.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT})
public @interface NameOf {
    /** The top-level key whose mapping declares the names, such as {@code metric}. */
    String value();

    /** The type of what may be written in place of its name; a mapping or word of it then declares it in the section. */
    Class<?> inPlace() default void.class;
}
