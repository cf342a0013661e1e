package dev.loupe.report;

import dev.loupe.report.section.Markup;
import dev.loupe.text.VisibleText;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.TemplateModelException;
import java.io.IOException;
import java.io.Writer;

/**
 * How every text of a template comes onto the page: first what hides is written out ({@code <U+202E>}), then HTML is
 * escaped. It has the name of FreeMarker's own format and takes its place, so that no template can forget it.
 */
final class PageText extends HTMLOutputFormat {
    static final PageText FORMAT = new PageText();

    private PageText() {}

    @Override
    public void output(String text, Writer out) throws IOException, TemplateModelException {
        super.output(VisibleText.of(text), out);
    }

    @Override
    public String escapePlainText(String text) {
        return super.escapePlainText(VisibleText.of(text));
    }

    /** Markup of {@link Markup} is finished and comes onto the page as it is. */
    @Override
    public boolean isOutputFormatMixingAllowed() {
        return true;
    }
}
