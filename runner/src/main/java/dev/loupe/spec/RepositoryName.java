package dev.loupe.spec;

/** Words of a spec or a card that become part of an address and of a folder's name, so that they are checked first. */
public final class RepositoryName {
    private static final String REPOSITORY = "[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)?";

    private RepositoryName() {}

    /** The name of a repository, or a refusal. */
    public static String checked(String repository) {
        if (!repository.matches(REPOSITORY) || repository.contains("..") || repository.contains("--")) {
            throw new IllegalArgumentException("`repository` is owner/name, not \"" + repository + "\"");
        }
        return repository;
    }

    /** The name of a repository with its owner, or a refusal. */
    public static String owned(String repository) {
        if (!repository.contains("/")) {
            throw new IllegalArgumentException("`repository` is owner/name, not \"" + repository + "\"");
        }
        return checked(repository);
    }

    /** A branch, a tag or a commit, or a refusal. */
    public static String revision(String revision) {
        if (!revision.matches("[A-Za-z0-9][A-Za-z0-9._/-]*") || revision.contains("..")) {
            throw new IllegalArgumentException("\"" + revision + "\" is not a branch, tag or commit");
        }
        return revision;
    }

    /** A folder of a repository, empty for the repository itself, or a refusal. */
    public static String folder(String folder) {
        for (String part : folder.isEmpty() ? new String[0] : folder.split("/", -1)) {
            if (!part.matches("[A-Za-z0-9_=+@,() .-]{1,200}")
                    || part.startsWith("..")
                    || part.equals(".")
                    || part.endsWith(".")
                    || part.endsWith(" ")) {
                throw new IllegalArgumentException(
                        "`folder` is a folder of the repository such as layer_0/resid_post, not \"" + folder + "\"");
            }
        }
        return folder;
    }
}
