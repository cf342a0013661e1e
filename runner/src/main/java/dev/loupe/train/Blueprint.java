package dev.loupe.train;

import java.util.List;

/** What the trainer needs to know of one card: how its seeds are trained, and how their weights are written. */
interface Blueprint {
    /** Parameters of one instance. */
    ParameterLayout layout();

    /** How many instances one seed stands for. */
    int instancesPerSeed();

    /** Numbers that one seed's step moves through memory: what decides how many seeds are trained together. */
    long workPerSeed();

    /** How many numbers of one seed's step wait for the backward pass or are made on the way, its rows and targets among them. */
    double waiting();

    /** Several seeds at once, each with its own instances, in order. */
    Trainable task(List<Long> seeds);

    /** The tensors of one seed's weights file, from its own [instance, parameter]. */
    List<NamedWeights> export(float[] flat);
}
