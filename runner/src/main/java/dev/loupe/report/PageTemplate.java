package dev.loupe.report;

import dev.loupe.report.compare.ComparisonModel;
import dev.loupe.report.draw.Palette;
import dev.loupe.report.rating.RatingForm;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The template with its style and script. Both are inlined and named by their hash in the page's content security
 * policy, so that nothing else on the page can run, whatever a token says.
 */
final class PageTemplate {
    /** Parts of the one script, each of which may use those before it; the last one begins. */
    private static final List<String> SCRIPTS =
            List.of("core", "select", "values", "page", "sort", "file", "save", "tokens", "attention", "card", "start");

    private static final List<String> GALLERY_SCRIPTS = List.of("core", "sort", "filter");
    private static final List<String> RATING_SCRIPTS = List.of("core", "file", "rating");

    /** What a script is indented by, and lines that only hold a comment: every page would carry them. */
    private static final Pattern INDENT = Pattern.compile("(?m)^(?: +|/\\*.*\\*/\\n)");

    /** What a template is indented by, save where text may end and in what the page's policy has the hash of. */
    private static final Pattern MARKUP_INDENT = Pattern.compile(
            "(?s)(<(pre|script|style)\\b.*?</\\2>)|(?<=\\n)[ \\t]+(?=<(?!/(?:span|code|td|th|text|title)>))");

    private static final PackedJson PACKED = new PackedJson();

    private final Configuration configuration;
    private final String style;
    private final String galleryStyle;
    private final String comparisonStyle;
    private final String ratingStyle;
    private final String script;
    private final String galleryScript;
    private final String ratingScript;

    PageTemplate() {
        configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassLoaderForTemplateLoading(PageTemplate.class.getClassLoader(), "templates");
        configuration.setDefaultEncoding("UTF-8");
        configuration.setRegisteredCustomOutputFormats(List.of(PageText.FORMAT));
        configuration.setLocale(Locale.ROOT);
        configuration.setNumberFormat("computer");
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setWrapUncheckedExceptions(true);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        style = Palette.css() + resource("templates/report.css");
        galleryStyle = style + resource("templates/gallery.css");
        comparisonStyle = style + resource("templates/comparison.css");
        ratingStyle = style + resource("templates/rating.css");
        script = script(SCRIPTS);
        galleryScript = script(GALLERY_SCRIPTS);
        ratingScript = script(RATING_SCRIPTS);
    }

    /** What this page has figures for: attention, attention over a training, its steps. */
    private static List<String> scripts(PageModel page) {
        List<String> parts = new ArrayList<>(SCRIPTS);
        if (!page.hasPatterns()) {
            parts.remove("attention");
        }
        if (page.hasMoments()) {
            parts.add(parts.size() - 1, "moments");
        }
        if (page.cursor() != null) {
            parts.add(parts.size() - 1, "steps");
        }
        return parts;
    }

    private static String script(List<String> parts) {
        return parts.stream()
                .map(name -> resource("templates/script/" + name + ".js"))
                .map(part -> INDENT.matcher(part).replaceAll(""))
                .collect(Collectors.joining("\n", "\"use strict\";\n(async () => {\n", "})();\n"));
    }

    String fill(PageModel page) {
        return fill("page.ftlh", page, style, script(scripts(page)));
    }

    String fill(Gallery gallery) {
        return fill("gallery.ftlh", gallery, galleryStyle, galleryScript);
    }

    String fill(ComparisonModel comparison) {
        return fill("comparison.ftlh", comparison, comparisonStyle, script);
    }

    String fill(NeuronIndex index) {
        return fill("neurons.ftlh", index, galleryStyle, galleryScript);
    }

    String fill(RatingForm form) {
        return fill("rating.ftlh", form, ratingStyle, ratingScript);
    }

    private String fill(String template, Object page, String style, String script) {
        StringWriter out = new StringWriter();
        Map<String, Object> model =
                Map.of("page", page, "style", style, "script", script, "policy", policy(style, script), "pack", PACKED);
        try {
            configuration.getTemplate(template).process(model, out);
        } catch (IOException e) {
            throw new UncheckedIOException("a page template is missing", e);
        } catch (TemplateException e) {
            throw new IllegalStateException("a page template fails: " + e.getMessage(), e);
        }
        return MARKUP_INDENT.matcher(out.toString()).replaceAll("$1");
    }

    static String policy(String style, String script) {
        return "default-src 'none'; style-src '" + hash(style) + "'; script-src '" + hash(script)
                + "'; img-src data:; base-uri 'none'; form-action 'none'";
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = PageTemplate.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            // Browsers read CRLF as LF before they hash.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
