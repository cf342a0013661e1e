package dev.loupe.report.draw;

import dev.loupe.text.VisibleText;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes one SVG picture as text. Every attribute and text is escaped here, so labels may hold anything. */
public final class Svg {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** A picture of a natural size in CSS pixels that may shrink but keeps its shape; {@code label} is read aloud. */
    public Svg(double width, double height, String label) {
        open("svg")
                .attr("class", width > 480 ? "chart wide" : "chart")
                .attr("viewBox", "0 0 " + num(width) + " " + num(height))
                .attr("width", width)
                .attr("height", height)
                .attr("role", "img")
                .attr("aria-label", label);
    }

    /** Starts an element; attributes follow until its first child or end. */
    public Svg open(String tag) {
        closeTag();
        out.append('<').append(tag);
        open.push(tag);
        pending = true;
        return this;
    }

    private boolean pending;

    private void closeTag() {
        if (pending) {
            out.append('>');
            pending = false;
        }
    }

    public Svg attr(String name, String value) {
        out.append(' ').append(name).append("=\"").append(escape(value)).append('"');
        return this;
    }

    public Svg attr(String name, double value) {
        out.append(' ').append(name).append("=\"").append(num(value)).append('"');
        return this;
    }

    public Svg text(String content) {
        closeTag();
        out.append(escape(content));
        return this;
    }

    public Svg end() {
        String tag = open.pop();
        if (pending) {
            out.append("/>");
            pending = false;
        } else {
            out.append("</").append(tag).append('>');
        }
        return this;
    }

    /** What a pointer resting on the current element shows. */
    public Svg hint(String content) {
        return open("title").text(content).end();
    }

    public Svg line(String cssClass, double x1, double y1, double x2, double y2) {
        return open("line")
                .attr("class", cssClass)
                .attr("x1", x1)
                .attr("y1", y1)
                .attr("x2", x2)
                .attr("y2", y2)
                .end();
    }

    public Svg label(String cssClass, double x, double y, String content) {
        return open("text")
                .attr("class", cssClass)
                .attr("x", x)
                .attr("y", y)
                .text(content)
                .end();
    }

    /** The element stays open for a hint. */
    public Svg rect(String cssClass, double x, double y, double width, double height) {
        return open("rect")
                .attr("class", cssClass)
                .attr("x", x)
                .attr("y", y)
                .attr("width", Math.max(0, width))
                .attr("height", Math.max(0, height));
    }

    /** The element stays open for a hint. */
    public Svg circle(String cssClass, double x, double y, double radius) {
        return open("circle")
                .attr("class", cssClass)
                .attr("cx", x)
                .attr("cy", y)
                .attr("r", radius);
    }

    public Svg path(String cssClass, String d) {
        return open("path").attr("class", cssClass).attr("d", d).end();
    }

    /** Closes what is open and gives the whole element. */
    public String done() {
        while (!open.isEmpty()) {
            end();
        }
        return out.toString();
    }

    /** A coordinate to a tenth of a pixel, without trailing zeros. */
    public static String num(double value) {
        long tenths = Math.round(value * 10);
        String whole = (tenths < 0 ? "-" : "") + Math.abs(tenths) / 10;
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : whole + "." + Math.abs(tenths) % 10;
    }

    public static String escape(String given) {
        String text = VisibleText.line(given);
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
