package dev.loupe.schema.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a record: its keys are snake_case, as configuration files of the field write them ({@code d_model}). */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE})
public @interface SnakeKeys {}
