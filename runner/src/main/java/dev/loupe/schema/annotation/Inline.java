package dev.loupe.schema.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a component whose type is a record or a sealed interface: its keys stand among those of the record that holds it, in
 * its place. So options that several records have are written once, as a record; and so are those that all records of a
 * sealed interface have, in the record that holds one of them.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT})
public @interface Inline {}
