package dev.loupe.hub;

import dev.loupe.failure.CancelledException;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.Reason;
import dev.loupe.progress.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the hub. Redirects are followed by hand, so that the token reaches the endpoint's own host and no other. */
final class HubClient {
    private static final int MAX_REDIRECTS = 8;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final long LOOK_MILLIS = 100;

    private final HubSettings settings;
    private final StopSignal stop;
    private final HttpClient http;

    HubClient(HubSettings settings, StopSignal stop) {
        this.settings = settings;
        this.stop = stop;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.patience().stall())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    HubSettings settings() {
        return settings;
    }

    StopSignal stop() {
        return stop;
    }

    /** The address of something at the endpoint. */
    URI at(String path) {
        // Repositories and revisions are checked words; file names of the hub may hold spaces and worse.
        StringBuilder encoded = new StringBuilder(settings.endpoint().toString());
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || "/-._~".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return URI.create(encoded.toString());
    }

    /**
     * Asks, and follows redirects.
     *
     * @param headers further headers, sent to every host
     * @return an answer with any status but a redirect; for HEAD also the redirect that describes the file itself
     * @throws TransientHubException where no answer came
     */
    HttpResponse<ArrivingBody> ask(String method, URI address, Map<String, String> headers) throws IOException {
        URI at = address;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            HttpResponse<ArrivingBody> answer = once(method, at, headers);
            String location = answer.headers().firstValue("location").orElse(null);
            if (!REDIRECTS.contains(answer.statusCode()) || location == null) {
                return answer;
            }
            boolean describes = answer.headers().firstValue("x-linked-etag").isPresent();
            if (method.equals("HEAD") && describes) {
                return answer;
            }
            answer.body().close();
            at = next(at, location);
        }
        throw new EnvironmentException(settings.endpoint() + " redirects in a circle: more than " + MAX_REDIRECTS
                + " redirects for " + address.getPath() + "; check HF_ENDPOINT");
    }

    private URI next(URI from, String location) {
        try {
            URI to = from.resolve(location);
            String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
            boolean safe =
                    scheme.equals("https") || (scheme.equals("http") && "http".equalsIgnoreCase(from.getScheme()));
            if (safe && to.getHost() != null) {
                return to;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new EnvironmentException(from.getHost() + " redirects to an untrusted address; check HF_ENDPOINT");
    }

    private HttpResponse<ArrivingBody> once(String method, URI at, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at)
                .method(method, BodyPublishers.noBody())
                .header("User-Agent", "loupe")
                .timeout(settings.patience().stall());
        headers.forEach(request::header);
        String token = settings.token();
        if (token != null && isEndpoint(at)) {
            request.header("Authorization", "Bearer " + token);
        }
        CompletableFuture<HttpResponse<ArrivingBody>> coming =
                http.sendAsync(request.build(), info -> new ArrivingBody());
        try {
            while (true) {
                stop.check();
                try {
                    return coming.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    // Looks at the wish to stop, then waits on; the request has its own limit.
                }
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new TransientHubException(at.getHost() + " does not answer (" + Reason.of(cause) + ")", cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } finally {
            if (!coming.isDone()) {
                boolean unused = coming.cancel(true);
            }
        }
    }

    /** Scheme, host and port of the endpoint itself. */
    private boolean isEndpoint(URI at) {
        URI own = settings.endpoint();
        return own.getScheme().equalsIgnoreCase(at.getScheme())
                && own.getHost().equalsIgnoreCase(at.getHost())
                && port(own) == port(at);
    }

    private static int port(URI at) {
        return at.getPort() >= 0 ? at.getPort() : "https".equalsIgnoreCase(at.getScheme()) ? 443 : 80;
    }
}
