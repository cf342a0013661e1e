package dev.loupe.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.loupe.failure.CancelledException;
import dev.loupe.model.optimizer.Update;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains parameters by gradients of a loss. Parameters and moments are plain arrays that never require gradients: each
 * step differentiates a detached view that shares their memory, so an update in place needs no switch and gradients
 * never accumulate over steps. Every array of a step lives in one sub-manager closed with it.
 */
public final class Trainer {
    /**
     * The version of a training step's arithmetic. It rises whenever the same recipe no longer gives the same bytes on the
     * same machine, by a change here, in a network's forward pass or in the engine; weights say which version made them. A
     * version leaves recipes and the weights made by earlier versions valid: raise the one in
     * {@link dev.loupe.model.card.CardIdentity} where those must not be taken any more.
     */
    public static final int VERSION = 2;

    /** ATen's internal::GRAIN_SIZE. */
    private static final int UNSPLIT = 32_768;

    private static final int MOST_PARTS = 4;

    /** Slow steps are saved by the clock: a kill then costs no more than this and a step. */
    private static final long SAVE_NANOS = 10_000_000_000L;

    private final NDManager manager;
    private final Supplier<GradientCollector> gradients;

    /**
     * @param manager its device is where training happens
     * @param gradients opens a gradient collector of the manager's engine; one may be open at a time
     */
    public Trainer(NDManager manager, Supplier<GradientCollector> gradients) {
        this.manager = manager;
        this.gradients = gradients;
    }

    /**
     * Trains to the plan's last step, from the keeper's snapshot if there is one.
     *
     * @param progress its units are steps, those of the snapshot included; the note is the mean loss of the instances
     * @throws TrainingDiverged when a loss is not finite
     * @throws CancelledException when a stop was asked for; a snapshot was saved first
     */
    public TrainingSnapshot run(Trainable task, TrainingPlan plan, Keeper keeper, Progress progress, StopSignal stop) {
        try (NDManager run = manager.newSubManager()) {
            Session session = new Session(run, task, plan, keeper.resume());
            if (session.done == 0 && plan.checkpoints().wants(0, plan.steps())) {
                keeper.checkpoint(0, session.parameters.toFloatArray());
            }
            progress.advance(session.done);
            long saved = System.nanoTime();
            while (session.done < plan.steps() && !session.stopped.all()) {
                float @Nullable [] losses = session.step();
                progress.advance(1);
                if (losses != null) {
                    progress.note(loss(losses));
                }
                boolean last = session.done == plan.steps();
                if (plan.checkpoints().wants(session.done, plan.steps())) {
                    keeper.checkpoint(session.done, session.parameters.toFloatArray());
                }
                boolean stopping = !last && stop.requested();
                if (stopping) {
                    // A stop comes with an interrupt, under which no file can be written.
                    boolean interrupted = Thread.interrupted();
                    keeper.save(session.snapshot());
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    throw new CancelledException();
                }
                boolean due = session.done % plan.saveEvery() == 0 || System.nanoTime() - saved >= SAVE_NANOS;
                if (due && !last) {
                    keeper.save(session.snapshot());
                    saved = System.nanoTime();
                }
            }
            session.remainingCheckpoints(keeper, progress);
            return session.snapshot();
        }
    }

    private static String loss(float[] losses) {
        double sum = 0;
        for (float loss : losses) {
            sum += loss;
        }
        return String.format(Locale.ROOT, "loss %.4f", sum / losses.length);
    }

    /** The arrays of one run. */
    private final class Session {
        private final NDManager run;
        private final Trainable task;
        private final TrainingPlan plan;
        private final ParameterLayout layout;
        private final NDArray parameters;
        private final NDArray decayed;
        private final Map<String, NDArray> moments = new LinkedHashMap<>();
        private final float[] losses;
        private final int parts;
        private final StoppedInstances stopped;
        private long done;

        Session(NDManager run, Trainable task, TrainingPlan plan, @Nullable TrainingSnapshot from) {
            this.run = run;
            this.task = task;
            this.plan = plan;
            this.layout = task.layout();
            int instances = task.instances();
            Shape shape = new Shape(instances, layout.size());
            parts = parts(shape.size());
            losses = new float[plan.recordsUpTo(plan.steps()) * instances];
            decayed = run.create(layout.decayMask());
            parameters = run.create(from == null ? initial() : from.parameters(), shape);
            for (String name : plan.optimizer().moments()) {
                float[] stored = from == null ? null : from.moments().get(name);
                moments.put(name, stored == null ? run.zeros(shape, DataType.FLOAT32) : run.create(stored, shape));
            }
            if (from != null) {
                done = from.step();
                System.arraycopy(from.losses(), 0, losses, 0, from.losses().length);
            }
            stopped = new StoppedInstances(instances, plan.stopBelow());
            for (int record = 0; record < plan.recordsUpTo(done); record++) {
                stopped.read(Arrays.copyOfRange(losses, record * instances, (record + 1) * instances));
            }
        }

        /** Where every instance stopped early, the weights stay what they are until the last step. */
        void remainingCheckpoints(Keeper keeper, Progress progress) {
            progress.advance(plan.steps() - done);
            for (long step = done + 1; step <= plan.steps(); step++) {
                if (plan.checkpoints().wants(step, plan.steps())) {
                    keeper.checkpoint(step, parameters.toFloatArray());
                }
            }
        }

        private float[] initial() {
            int size = layout.size();
            float[] all = new float[task.instances() * size];
            for (int i = 0; i < task.instances(); i++) {
                System.arraycopy(task.initial(i), 0, all, i * size, size);
            }
            return all;
        }

        /** One update; its losses [instance] where they are recorded. */
        float @Nullable [] step() {
            try (NDManager scope = run.newSubManager()) {
                NDArray leaf = view(parameters, scope);
                leaf.setRequiresGradient(true);
                NDArray loss;
                try (GradientCollector collector = gradients.get()) {
                    loss = task.loss(layout.split(leaf), done, scope);
                    collector.backward(loss.sum());
                }
                NDArray gradient = leaf.getGradient();
                gradient.attach(scope);
                if (plan.clip() > 0) {
                    clip(gradient);
                }
                double rate = plan.optimizer().learningRate() * plan.schedule().factor(done, plan.steps());
                NDArray before = stopped.any() ? view(parameters, scope).duplicate() : null;
                for (int part = 0; part < parts; part++) {
                    update(part, gradient, rate, scope);
                }
                if (before != null) {
                    stopped.putBack(view(parameters, scope), before);
                }
                done++;
                return plan.records(done) ? record(loss.toFloatArray()) : null;
            }
        }

        /** Every element's update is its own, so that parts give the bits of the whole. */
        private void update(int part, NDArray gradient, double rate, NDManager scope) {
            Map<String, NDArray> state = new LinkedHashMap<>();
            moments.forEach((name, array) -> state.put(name, part(part, array, scope)));
            plan.optimizer()
                    .apply(new Update(
                            part(part, parameters, scope),
                            part(part, gradient, scope),
                            state,
                            part(part, decayed, scope),
                            rate,
                            done + 1));
        }

        private NDArray part(int part, NDArray array, NDManager scope) {
            NDArray view = view(array, scope);
            if (parts == 1) {
                return view;
            }
            long size = layout.size();
            NDIndex index = new NDIndex();
            if (array.getShape().dimension() == 2) {
                index.addAllDim();
            }
            return view.get(index.addSliceDim(size * part / parts, size * (part + 1) / parts));
        }

        private void clip(NDArray gradient) {
            NDArray norm = gradient.square().sum(new int[] {1}, true).sqrt();
            gradient.muli(norm.add(1e-6f)
                    .getNDArrayInternal()
                    .rdiv((float) plan.clip())
                    .minimum(1f));
        }

        private float[] record(float[] now) {
            for (int i = 0; i < now.length; i++) {
                if (!Float.isFinite(now[i])) {
                    throw new TrainingDiverged(done, i, now[i]);
                }
            }
            stopped.read(now);
            System.arraycopy(now, 0, losses, (plan.recordsUpTo(done) - 1) * now.length, now.length);
            return now;
        }

        TrainingSnapshot snapshot() {
            Map<String, float[]> state = new LinkedHashMap<>();
            moments.forEach((name, array) -> state.put(name, array.toFloatArray()));
            float[] recorded = Arrays.copyOf(losses, plan.recordsUpTo(done) * task.instances());
            return new TrainingSnapshot(done, parameters.toFloatArray(), state, recorded);
        }
    }

    /**
     * In how many parts an update is made. PyTorch's CPU operations split arrays of more than {@link #UNSPLIT} elements among
     * threads; up to a few times that, waking the threads costs more than they save.
     */
    private int parts(long elements) {
        long parts = (elements + UNSPLIT - 1) / UNSPLIT;
        return manager.getDevice().isGpu() || parts > MOST_PARTS ? 1 : (int) parts;
    }

    /** The same memory under another manager, outside any graph. */
    private static NDArray view(NDArray array, NDManager scope) {
        NDArray view = array.stopGradient();
        view.attach(scope);
        return view;
    }
}
