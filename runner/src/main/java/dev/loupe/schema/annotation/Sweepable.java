package dev.loupe.schema.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a list that takes a lone value: the option is one value, and a list of them is swept, on an axis that is called like the
 * option. A list without this mark is one value of the option, and never an axis.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT})
public @interface Sweepable {}
