package dev.loupe.schema.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The word that picks this record among the records of a sealed interface: the value of its {@link Discriminator} key, or without a discriminator the key whose presence picks it. A lone scalar of this word also picks it, when all else has defaults. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE})
public @interface Named {
    String value();
}
