package dev.loupe.report.section;

/** One part of the page: an entry of the contents, and a template partial that lays it out. */
public interface Section {
    /** Stable: links to it keep working when the page is made again. */
    String id();

    String title();

    /** The file under templates/sections that lays it out, without its ending. */
    String partial();
}
