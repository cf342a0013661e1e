package dev.loupe.analysis.circuits;

import dev.loupe.analysis.Analysis;

/** Which components and edges carry a behaviour. The permits clause is the registry of this group. */
public sealed interface CircuitAnalysis extends Analysis
        permits AttributionPatching, EdgeAttribution, RankOverlap, PruneEdges {}
