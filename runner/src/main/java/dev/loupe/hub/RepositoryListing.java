package dev.loupe.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.loupe.failure.EnvironmentException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a repository holds at one commit.
 *
 * @param names paths whose names can be trusted; the others are left out
 */
record RepositoryListing(String commit, Set<String> names) {
    private static final int MAX_BYTES = 32 << 20;

    /** Asks which commit a revision is, and what it holds. */
    static RepositoryListing of(HubClient client, RepositoryFolder folder, String revision)
            throws IOException, InterruptedException {
        HttpResponse<ArrivingBody> answer =
                client.ask("GET", client.at(folder.kind().listing(folder.repository(), revision)), Map.of());
        try (ArrivingBody body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new Refusals(client.settings(), folder.address(), revision)
                        .of(answer.statusCode(), answer.headers(), "list of files");
            }
            byte[] text = body.all(MAX_BYTES, client.settings().patience().stall(), client.stop());
            return parsed(text, folder.address(), client.settings());
        }
    }

    private static RepositoryListing parsed(byte[] text, String repository, HubSettings settings) {
        Set<String> names = new TreeSet<>();
        String commit = "";
        try {
            JsonNode root = new JsonMapper().readTree(text);
            commit = root.path("sha").asText();
            root.path("siblings").forEach(file -> {
                String name = file.path("rfilename").asText();
                if (RemoteFile.isSafe(name)) {
                    names.add(name);
                }
            });
        } catch (IOException e) {
            // Said below: it is no hub.
        }
        if (!RepositoryFolder.isCommit(commit)) {
            throw new EnvironmentException(settings.endpoint() + " does not answer like a Hugging Face hub for "
                    + repository + "; check HF_ENDPOINT");
        }
        return new RepositoryListing(commit, names);
    }
}
