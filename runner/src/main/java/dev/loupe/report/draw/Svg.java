package dev.loupe.report.draw;

import dev.loupe.text.VisibleText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes one SVG picture as text. Every attribute and text is escaped here, so labels may hold anything. Straight lines of one
 * class become one path, where the first of them was drawn, and labels of one class one group above everything else: a picture
 * has very many of both, and their classes would be most of its bytes.
 */
public final class Svg {
    /** Of a letter of a label, a little more than most are wide. */
    private static final double LETTER = 7;

    private final double width;
    private final List<StringBuilder> parts = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Map<String, StringBuilder> lines = new HashMap<>();
    private final Map<String, List<String>> labels = new LinkedHashMap<>();
    private StringBuilder out = part();

    /** A picture of a natural size in CSS pixels that may shrink but keeps its shape; {@code label} is read aloud. */
    public Svg(double width, double height, String label) {
        this.width = width;
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
        String from = "M" + num(x1) + " " + num(y1);
        String to = y1 == y2 ? "H" + num(x2) : x1 == x2 ? "V" + num(y2) : "L" + num(x2) + " " + num(y2);
        if (open.size() > 1) {
            return path(cssClass, from + to);
        }
        StringBuilder path = lines.get(cssClass);
        if (path == null) {
            closeTag();
            path = part().append("<path class=\"").append(escape(cssClass)).append("\" d=\"");
            lines.put(cssClass, path);
            out = part();
        }
        path.append(from).append(to);
        return this;
    }

    public Svg label(String cssClass, double x, double y, String content) {
        if (open.size() > 1) {
            return open("text")
                    .attr("class", cssClass)
                    .attr("x", x)
                    .attr("y", y)
                    .text(content)
                    .end();
        }
        labels.computeIfAbsent(cssClass, k -> new ArrayList<>())
                .add(" x=\"" + num(x) + "\" y=\"" + num(y) + "\">" + escape(content) + "</text>");
        return this;
    }

    /** A label centred at {@code x}, or moved so far that it ends on the picture. */
    public Svg centred(String cssClass, double x, double y, String content) {
        double half = content.length() * LETTER / 2 + 1;
        return label(cssClass, Math.max(half, Math.min(width - half, x)), y, content);
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
        while (open.size() > 1) {
            end();
        }
        closeTag();
        lines.values().forEach(path -> path.append("\"/>"));
        labels.forEach(this::group);
        end();
        return String.join("", parts);
    }

    private void group(String cssClass, List<String> texts) {
        String style = " class=\"" + escape(texts.size() == 1 ? cssClass : "labels " + cssClass) + "\"";
        if (texts.size() == 1) {
            out.append("<text").append(style).append(texts.get(0));
            return;
        }
        out.append("<g").append(style).append('>');
        texts.forEach(text -> out.append("<text").append(text));
        out.append("</g>");
    }

    private StringBuilder part() {
        StringBuilder part = new StringBuilder();
        parts.add(part);
        return part;
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
