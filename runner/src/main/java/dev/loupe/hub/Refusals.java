package dev.loupe.hub;

import dev.loupe.failure.EnvironmentException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** What the hub's statuses mean, in a sentence each that says what to do. */
final class Refusals {
    private final HubSettings settings;
    private final String repository;
    private final String revision;

    Refusals(HubSettings settings, String repository, String revision) {
        this.settings = settings;
        this.repository = repository;
        this.revision = revision;
    }

    /** What to throw for a status that is no success. */
    IOException of(int status, HttpHeaders headers, String what) {
        String code = headers.firstValue("x-error-code").orElse("");
        if (status == 429 || status == 408 || status >= 500) {
            return new TransientHubException(
                    settings.endpoint().getHost()
                            + (status == 429
                                    ? " asks for fewer requests (429)"
                                    : " reports a server error " + "(" + status + ")"),
                    wait(headers));
        }
        if (status == 401 || status == 403) {
            throw new EnvironmentException(refused(code, status));
        }
        if (status == 404 || status == 410) {
            throw new EnvironmentException(missing(code, what));
        }
        throw new EnvironmentException(settings.endpoint() + " answers " + status + " for " + repository + " (" + what
                + "); check HF_ENDPOINT, or try again later");
    }

    private String refused(String code, int status) {
        String page = settings.endpoint() + "/" + repository;
        if (code.equals("GatedRepo")) {
            return repository + " is gated: accept its terms at " + page
                    + " and set HF_TOKEN to a token of that account";
        }
        if (settings.token() == null) {
            return repository + " cannot be downloaded without a token: it is gated, private or does not exist; "
                    + "request access at " + page + " and set HF_TOKEN";
        }
        return "the hub does not allow your token to download " + repository + " (" + status + "): request access "
                + "at " + page
                + ", or set HF_TOKEN to a token that has access";
    }

    private String missing(String code, String what) {
        if (code.equals("RevisionNotFound")) {
            return repository + " has no revision " + revision + "; its revisions are at " + settings.endpoint() + "/"
                    + repository;
        }
        if (code.equals("EntryNotFound")) {
            return repository + " has no " + what + " at revision " + revision;
        }
        return settings.endpoint() + " has no " + repository + " with revision " + revision
                + " (404): check the card's repository, and HF_ENDPOINT";
    }

    private static @Nullable Duration wait(HttpHeaders headers) {
        String text = headers.firstValue("retry-after").orElse("").strip();
        if (text.matches("[0-9]{1,6}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            return text.isEmpty()
                    ? null
                    : Duration.between(
                            Instant.now(),
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
