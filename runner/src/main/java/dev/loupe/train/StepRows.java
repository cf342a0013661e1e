package dev.loupe.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.dataset.rows.IndexPermutation;
import dev.loupe.train.step.Noise;
import org.jspecify.annotations.Nullable;

/** Which rows a step of a training takes. */
interface StepRows {
    /** Rows of one instance in a step. */
    int perStep();

    /** The rows of a step; arrays belong to the scope or to a manager that outlives it. */
    Batch of(ToyTask task, long step, NDManager scope);

    /**
     * Inputs and targets.
     *
     * @param x [instance or 1, row, input]
     * @param y [instance or 1, row, output]
     */
    record Batch(NDArray x, NDArray y) {
        static Batch of(Examples rows, int instances, NDManager scope) {
            int each = rows.rows() / instances;
            NDArray x = scope.create(rows.x(), new Shape(instances, each, rows.width()));
            NDArray y = rows.x() == rows.y() ? x : scope.create(rows.y(), new Shape(instances, each, rows.answers()));
            return new Batch(x, y);
        }
    }

    /** New rows for every instance and step. */
    record Fresh(int perStep) implements StepRows {
        @Override
        public Batch of(ToyTask task, long step, NDManager scope) {
            Examples drawn = Examples.of(task.data(), task.instances() * perStep);
            for (int i = 0; i < task.instances(); i++) {
                int like = task.sameRowsAs(i);
                if (like < i) {
                    drawn.copy(drawn, like * perStep, i * perStep, perStep);
                } else {
                    task.draw(i, step, perStep, drawn, i * perStep);
                }
            }
            return Batch.of(drawn, task.instances(), scope);
        }
    }

    /** All enumerated rows in every step, the same for every instance: made once. */
    final class Everything implements StepRows {
        private final Examples rows;
        private @Nullable Batch made;

        Everything(FeatureDataset data) {
            rows = data.draw(0, data.enumerated(), 0);
        }

        @Override
        public int perStep() {
            return rows.rows();
        }

        @Override
        public Batch of(ToyTask task, long step, NDManager scope) {
            Batch batch = made;
            if (batch == null || batch.x().isReleased()) {
                NDManager run = scope.getParentManager();
                batch = Batch.of(rows, 1, run);
                made = batch;
            }
            return new Batch(within(scope, batch.x()), within(scope, batch.y()));
        }

        /** The same memory under a manager that ends with the step, since results belong to the manager of an operand. */
        private static NDArray within(NDManager scope, NDArray array) {
            NDArray view = array.stopGradient();
            view.attach(scope);
            return view;
        }
    }

    /** Some of the enumerated rows in every step; when all were used, they are shuffled again. */
    record Shuffled(Examples rows, int perStep) implements StepRows {
        Shuffled(FeatureDataset data, int perStep) {
            this(data.draw(0, data.enumerated(), 0), perStep);
        }

        @Override
        public Batch of(ToyTask task, long step, NDManager scope) {
            Examples taken = Examples.of(task.data(), task.instances() * perStep);
            int all = rows.rows();
            for (int i = 0; i < task.instances(); i++) {
                for (int row = 0; row < perStep; row++) {
                    long number = step * perStep + row;
                    long seed = Noise.seed(task.seeds()[i], "order", number / all);
                    long place = new IndexPermutation(all, seed).at(number % all);
                    taken.copy(rows, (int) place, i * perStep + row, 1);
                }
            }
            return Batch.of(taken, task.instances(), scope);
        }
    }
}
