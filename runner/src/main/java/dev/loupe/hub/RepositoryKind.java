package dev.loupe.hub;

/** The two kinds of repositories of a hub: how the cache and the addresses tell them apart. */
enum RepositoryKind {
    MODEL("models--", "models/", ""),
    DATASET("datasets--", "datasets/", "datasets/");

    private final String cached;
    private final String listed;
    private final String addressed;

    RepositoryKind(String cached, String listed, String addressed) {
        this.cached = cached;
        this.listed = listed;
        this.addressed = addressed;
    }

    /** The folder of a repository in the cache. */
    String folder(String repository) {
        return cached + repository.replace("/", "--");
    }

    /** Where the hub describes a revision. */
    String listing(String repository, String revision) {
        return "/api/" + listed + repository + "/revision/" + revision;
    }

    /** The address of a repository after that of the hub. */
    String address(String repository) {
        return addressed + repository;
    }
}
