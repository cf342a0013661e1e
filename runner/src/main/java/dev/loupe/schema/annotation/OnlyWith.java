package dev.loupe.schema.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An option that another one decides over: where that one is not written, or has none of these words, this one would change
 * nothing, so writing it is an error.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface OnlyWith {
    /** The key of the other option of the same record. */
    String value();

    /** The words of the other option with which this one has an effect; none where it only has to be written. */
    String[] words() default {};
}
