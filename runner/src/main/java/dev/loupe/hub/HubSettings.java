package dev.loupe.hub;

import dev.loupe.failure.UserInputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ecosystem's own variables say: HF_ENDPOINT, HF_HOME, HF_HUB_CACHE, HF_TOKEN (or its file), HF_HUB_OFFLINE.
 *
 * @param cache the folder with {@code models--owner--name}
 * @param token sent to the endpoint and to nobody else; null where there is none
 */
public record HubSettings(
        URI endpoint, Path cache, @Nullable String token, boolean offline, RetryPolicy patience) {
    private static final String PUBLIC = "https://huggingface.co";

    /** @throws UserInputException where a variable cannot be used */
    public static HubSettings of(Map<String, String> environment) {
        Path home = home(environment);
        String cache = first(environment, "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE");
        return new HubSettings(
                endpoint(environment),
                cache == null ? home.resolve("hub") : path(cache),
                token(environment, home),
                isTrue(environment, "HF_HUB_OFFLINE") || isTrue(environment, "TRANSFORMERS_OFFLINE"),
                RetryPolicy.USUAL);
    }

    private static Path home(Map<String, String> environment) {
        String named = first(environment, "HF_HOME");
        if (named != null) {
            return path(named);
        }
        String shared = first(environment, "XDG_CACHE_HOME");
        return (shared != null ? path(shared) : path("~/.cache")).resolve("huggingface");
    }

    private static URI endpoint(Map<String, String> environment) {
        String text = first(environment, "HF_ENDPOINT");
        String wanted = text == null ? PUBLIC : text.replaceFirst("/+$", "");
        try {
            URI uri = URI.create(wanted);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("https") || scheme.equals("http"))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the text: it may hold a password.
        }
        throw new UserInputException("HF_ENDPOINT must be an address like " + PUBLIC);
    }

    private static @Nullable String token(Map<String, String> environment, Path home) {
        String given = first(environment, "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN");
        if (given == null && !isTrue(environment, "HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
            String named = first(environment, "HF_TOKEN_PATH");
            Path file = named == null ? home.resolve("token") : path(named);
            try {
                given = Files.isRegularFile(file) ? Files.readString(file) : null;
            } catch (IOException e) {
                throw new UserInputException("the file with the hub's token cannot be read: " + file, e);
            }
        }
        if (given == null || given.isBlank()) {
            return null;
        }
        String token = given.strip();
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw new UserInputException(
                    "HF_TOKEN (or the token file) contains characters that are not allowed in " + "a token");
        }
        return token;
    }

    private static @Nullable String first(Map<String, String> environment, String... names) {
        for (String name : names) {
            String value = environment.get(name);
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return null;
    }

    private static boolean isTrue(Map<String, String> environment, String name) {
        String value = first(environment, name);
        return value != null && List.of("1", "ON", "YES", "TRUE").contains(value.toUpperCase(Locale.ROOT));
    }

    private static Path path(String text) {
        return text.equals("~") || text.startsWith("~/")
                ? Path.of(System.getProperty("user.home", "."), text.substring(1))
                : Path.of(text);
    }

    public HubSettings with(RetryPolicy other) {
        return new HubSettings(endpoint, cache, token, offline, other);
    }

    /** Without the token: what is printed is pasted into reports. */
    @Override
    public String toString() {
        return endpoint + ", cache " + cache + (token == null ? ", no token" : ", with a token")
                + (offline ? ", offline" : "");
    }
}
