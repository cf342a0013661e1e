package dev.loupe.spec;

import dev.loupe.claim.Expression;
import dev.loupe.claim.Findings;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What results put into one hole of an answer sentence. A closed set, never code. */
public sealed interface AnswerValue {
    /**
     * Something of a claim: its number, its interval or its verdict.
     *
     * @param what {@code claim}, {@code interval} or {@code verdict}
     * @param number of the claim, from 1; 0 for all claims together, which only a verdict can be of
     */
    record OfClaim(String what, int number) implements AnswerValue {}

    /**
     * Components of a result by name.
     *
     * @param what {@code top}, the largest; or {@code those}, all of a result of 0 and 1 that have 1
     * @param count how many of the largest
     */
    record Components(String what, String result, int count) implements AnswerValue {}

    /**
     * A number, or words where it is undefined.
     *
     * @param otherwise what is said where it is undefined in every model
     */
    record OrWords(Formula formula, String otherwise) implements AnswerValue {}

    /** A number, in each model by itself. */
    sealed interface Formula extends AnswerValue {
        /** Undefined (NaN) where a part is, or where something is divided by 0. */
        double value(Findings findings);

        /** The functions of results in it, from left to right. */
        List<Expression> expressions();

        /** The measurements that it reads. */
        default List<String> references() {
            return expressions().stream()
                    .flatMap(e -> e.references().stream())
                    .distinct()
                    .toList();
        }

        /** The axes that its functions name: no model on them is a number of its own. */
        default Set<String> axes() {
            return expressions().stream().flatMap(e -> e.axes().stream()).collect(Collectors.toSet());
        }
    }

    /** A number that is written. */
    record Constant(double number) implements Formula {
        @Override
        public double value(Findings findings) {
            return number;
        }

        @Override
        public List<Expression> expressions() {
            return List.of();
        }
    }

    /** A function of results, the same as in a claim. */
    record OfResults(Expression expression) implements Formula {
        @Override
        public double value(Findings findings) {
            return expression.value(findings, -1);
        }

        @Override
        public List<Expression> expressions() {
            return List.of(expression);
        }
    }

    /** @param operator one of {@code + - * /} */
    record Operation(char operator, Formula left, Formula right) implements Formula {
        @Override
        public double value(Findings findings) {
            double a = left.value(findings);
            double b = right.value(findings);
            return switch (operator) {
                case '+' -> a + b;
                case '-' -> a - b;
                case '*' -> a * b;
                case '/' -> b == 0 ? Double.NaN : a / b;
                default -> throw new IllegalStateException("operator " + operator);
            };
        }

        @Override
        public List<Expression> expressions() {
            return Stream.concat(left.expressions().stream(), right.expressions().stream())
                    .toList();
        }
    }
}
