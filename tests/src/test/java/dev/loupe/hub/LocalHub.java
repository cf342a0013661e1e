package dev.loupe.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A hub on this machine, over real connections: the endpoint, and a second host that large files are redirected to. What
 * goes wrong, and how often, is set by path.
 */
public final class LocalHub implements AutoCloseable {
    public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    public static final String TOKEN = "hf_secret";

    /** Does something else than the hub would; true where it has answered. */
    public interface Fault {
        boolean answer(HttpExchange exchange, byte[] content) throws IOException;
    }

    /** One request as it came. */
    public record Seen(
            String host,
            String method,
            String path,
            @Nullable String authorization,
            @Nullable String range) {}

    public final List<Seen> seen = new CopyOnWriteArrayList<>();
    public final CountDownLatch over = new CountDownLatch(1);
    private final Map<String, Map<String, byte[]>> repositories = new ConcurrentHashMap<>();
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer endpoint;
    private final HttpServer store;

    public LocalHub() throws IOException {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/", exchange -> handle("endpoint", exchange));
        store.createContext("/", exchange -> handle("store", exchange));
        for (HttpServer server : List.of(endpoint, store)) {
            server.setExecutor(threads);
            server.start();
        }
    }

    public String address() {
        return "http://127.0.0.1:" + endpoint.getAddress().getPort();
    }

    public HubSettings settings(Path cache) {
        return new HubSettings(
                URI.create(address()),
                cache,
                TOKEN,
                false,
                new RetryPolicy(Duration.ofMillis(800), Duration.ofMillis(20), Duration.ofSeconds(3), 4));
    }

    public LocalHub with(String repository, String name, byte[] content) {
        repositories.computeIfAbsent(repository, k -> new LinkedHashMap<>()).put(name, content);
        return this;
    }

    /** Goes wrong once for each fault, in order, on requests whose path ends so. */
    public LocalHub failing(String pathEnd, Fault... wrong) {
        Queue<Fault> queue = faults.computeIfAbsent(pathEnd, k -> new ConcurrentLinkedQueue<>());
        queue.addAll(new ArrayDeque<>(List.of(wrong)));
        return this;
    }

    /** Requests for contents, not descriptions. */
    public List<Seen> gets(String pathEnd) {
        return seen.stream()
                .filter(s -> s.method().equals("GET") && s.path().endsWith(pathEnd))
                .toList();
    }

    /** Answers with a status and nothing else. */
    public static Fault status(int code, String... headers) {
        return (exchange, content) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(code, -1);
            return true;
        };
    }

    /** Sends some bytes of what was announced, and closes the connection. */
    public static Fault cutAfter(int bytes) {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, bytes);
            exchange.getResponseBody().flush();
            return true;
        };
    }

    /** Sends some bytes and then nothing more, on an open connection. */
    public Fault stallAfter(int bytes) {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, bytes);
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        };
    }

    /** Sends as many bytes, but others. */
    public static Fault otherBytes() {
        return (exchange, content) -> {
            byte[] wrong = content.clone();
            wrong[wrong.length / 2] ^= 1;
            exchange.sendResponseHeaders(200, wrong.length);
            exchange.getResponseBody().write(wrong);
            return true;
        };
    }

    private void handle(String host, HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        seen.add(new Seen(
                host,
                method,
                path,
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Range")));
        try (exchange) {
            byte[] content = content(path);
            String key = method.equals("HEAD") ? "HEAD " : "";
            boolean large = content != null && path.contains("/resolve/") && isLarge(path);
            boolean atStore = host.equals("store") || !large;
            for (Map.Entry<String, Queue<Fault>> e : faults.entrySet()) {
                boolean meant =
                        (key + path).endsWith(e.getKey()) && e.getKey().startsWith("HEAD ") == method.equals("HEAD");
                Fault fault = meant && (atStore || method.equals("HEAD"))
                        ? e.getValue().poll()
                        : null;
                if (fault != null && fault.answer(exchange, content == null ? new byte[0] : content)) {
                    return;
                }
            }
            if (path.startsWith("/api/")) {
                // Data sets are kept as datasets/owner/name, models as owner/name.
                list(exchange, path.substring("/api/".length()).replaceFirst("^models/", ""));
            } else if (content == null) {
                exchange.getResponseHeaders().add("X-Error-Code", "EntryNotFound");
                exchange.sendResponseHeaders(404, -1);
            } else {
                file(exchange, host, path, content, large);
            }
        }
    }

    private void list(HttpExchange exchange, String rest) throws IOException {
        Map<String, byte[]> files = repositories.get(rest.replaceFirst("/revision/.*", ""));
        if (files == null) {
            exchange.getResponseHeaders().add("X-Error-Code", "RepoNotFound");
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        String names = files.keySet().stream()
                .map(name -> "{\"rfilename\": \"" + name + "\"}")
                .collect(Collectors.joining(", "));
        byte[] text = ("{\"sha\": \"" + COMMIT + "\", \"siblings\": [" + names + "]}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, text.length);
        exchange.getResponseBody().write(text);
    }

    private void file(HttpExchange exchange, String host, String path, byte[] content, boolean large)
            throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.add("X-Repo-Commit", COMMIT);
        if (large && host.equals("endpoint")) {
            headers.add("X-Linked-Etag", '"' + sha256(content) + '"');
            headers.add("X-Linked-Size", Integer.toString(content.length));
            headers.add("Location", "http://localhost:" + store.getAddress().getPort() + path);
            exchange.sendResponseHeaders(302, -1);
            return;
        }
        headers.add("ETag", '"' + (large ? sha256(content) : gitSha1(content)) + '"');
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.add("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
        if (range != null) {
            headers.add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(content, from, content.length - from);
        }
    }

    private byte @Nullable [] content(String path) {
        for (Map.Entry<String, Map<String, byte[]>> repository : repositories.entrySet()) {
            String start = "/" + repository.getKey() + "/resolve/";
            if (path.startsWith(start)) {
                // Every revision is the same commit here.
                return repository.getValue().get(path.substring(start.length()).replaceFirst("^[^/]*/", ""));
            }
        }
        return null;
    }

    private static boolean isLarge(String path) {
        return path.endsWith(".safetensors")
                || path.endsWith(".pth")
                || path.endsWith(".bin")
                || path.endsWith(".parquet");
    }

    public static String sha256(byte[] content) {
        return digest("SHA-256", content);
    }

    public static String gitSha1(byte[] content) {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        blob.writeBytes(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
        blob.writeBytes(content);
        return digest("SHA-1", blob.toByteArray());
    }

    private static String digest(String kind, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(kind).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        over.countDown();
        endpoint.stop(0);
        store.stop(0);
        threads.shutdownNow();
    }
}
