package dev.loupe.schema.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On an option that may be left out where its record is used alone, and must be written where the record is {@link Inline} in
 * another one. The seed of a dataset is such an option: a training brings its own, an experiment must name one.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface NeededInline {}
