package dev.loupe.schema.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On an option whose other values are other things, as the card of a model is: where a variant changes it, the variant's block
 * replaces the block of the base, whose further options were about the former thing.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT})
public @interface Identity {}
