package dev.loupe.report.section;

import dev.loupe.text.VisibleText;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.TemplateModelException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** The two sources of markup that the templates do not escape again: our own SVG, and Markdown with its HTML escaped. */
public final class Markup {
    /** A list inside a sentence that nobody reads in passing: the edges of a circuit, in each model. */
    private static final Pattern LONG_LIST = Pattern.compile(" \\(([^()]{300,})\\)");

    private Markup() {}

    public static TemplateHTMLOutputModel svg(String svg) {
        return trusted(svg);
    }

    /** Raw HTML comes out as text, {@code javascript:} links lose their target, pictures become their description. */
    public static TemplateHTMLOutputModel markdown(String text) {
        return trusted(rendered(text));
    }

    private static String rendered(String text) {
        Node document = Parser.builder().build().parse(VisibleText.of(text));
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                Node alternative = image.getFirstChild();
                while (alternative != null) {
                    Node next = alternative.getNext();
                    image.insertBefore(alternative);
                    alternative = next;
                }
                image.insertBefore(new Text(" (picture left out)"));
                image.unlink();
            }
        });
        HtmlRenderer renderer =
                HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();
        // Headings of notes stand under the section's own h2.
        return renderer.render(document).replaceAll("<(/?)h[1-6]>", "<$1h3>");
    }

    /** What is said of a result, with lists that would hide the sentence they stand in folded beneath it. */
    static TemplateHTMLOutputModel about(List<String> said) {
        String text = About.text(said);
        Matcher lists = LONG_LIST.matcher(text);
        StringBuilder html = new StringBuilder();
        while (lists.find()) {
            html.append("<details class=\"rest\"><summary>The list</summary>")
                    .append(rendered(lists.group(1)))
                    .append("</details>");
        }
        return trusted(rendered(lists.replaceAll(" (listed below)")) + html);
    }

    private static TemplateHTMLOutputModel trusted(String html) {
        try {
            return HTMLOutputFormat.INSTANCE.fromMarkup(html);
        } catch (TemplateModelException e) {
            throw new UncheckedIOException(new java.io.IOException("markup could not be wrapped", e));
        }
    }
}
