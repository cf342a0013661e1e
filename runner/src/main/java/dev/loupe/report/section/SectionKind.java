package dev.loupe.report.section;

import dev.loupe.report.draw.PageDetail;
import dev.loupe.result.Artifact;

/** Makes a section of one type of artifact. A new one is a class like this, its partial, and a line in {@link Sections}. */
interface SectionKind<A extends Artifact> {
    Class<A> type();

    Section section(A artifact, String id, PageDetail detail);
}
