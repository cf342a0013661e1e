package dev.loupe.report.draw;

import java.util.ArrayList;
import java.util.List;

/**
 * Straight lines from point to point as the data of an SVG path: the first point of each piece where it stands, the others by
 * how far they are from the one before, which is half as long. Rounded places are subtracted, so that errors do not add up, and
 * a point that lies on the way to another one, to less than an eye can tell, is not said.
 */
public final class Polyline {
    /** In pixels. */
    private static final double UNSEEN = 0.15;

    private record Point(double x, double y) {}

    private final StringBuilder path = new StringBuilder();
    private final List<Point> piece = new ArrayList<>();

    /** The next point; joined to the one before unless there was a gap. */
    public Polyline to(double x, double y) {
        piece.add(new Point(x, y));
        return this;
    }

    /** The line is interrupted. */
    public Polyline gap() {
        long lastX = 0;
        long lastY = 0;
        for (int i : needed()) {
            long tenthsX = Math.round(piece.get(i).x() * 10);
            long tenthsY = Math.round(piece.get(i).y() * 10);
            if (i == 0) {
                path.append('M').append(number(tenthsX)).append(' ').append(number(tenthsY));
            } else {
                String across = number(tenthsX - lastX);
                String up = number(tenthsY - lastY);
                path.append(up.equals("0") ? "h" + across : "l" + across + (up.startsWith("-") ? "" : " ") + up);
            }
            lastX = tenthsX;
            lastY = tenthsY;
        }
        piece.clear();
        return this;
    }

    /** The first point, the last one, and those that the line between others misses (Douglas and Peucker 1973). */
    private List<Integer> needed() {
        List<Integer> needed = new ArrayList<>();
        if (!piece.isEmpty()) {
            needed.add(0);
        }
        if (piece.size() > 1) {
            between(0, piece.size() - 1, needed);
            needed.add(piece.size() - 1);
        }
        return needed;
    }

    private void between(int from, int to, List<Integer> needed) {
        int farthest = from;
        double most = UNSEEN;
        for (int i = from + 1; i < to; i++) {
            double distance = distance(piece.get(i), piece.get(from), piece.get(to));
            if (distance > most) {
                farthest = i;
                most = distance;
            }
        }
        if (farthest > from) {
            between(from, farthest, needed);
            needed.add(farthest);
            between(farthest, to, needed);
        }
    }

    /** Of a point from the line between two others. */
    private static double distance(Point point, Point a, Point b) {
        double length = Math.hypot(b.x() - a.x(), b.y() - a.y());
        return length == 0
                ? Math.hypot(point.x() - a.x(), point.y() - a.y())
                : Math.abs((b.x() - a.x()) * (a.y() - point.y()) - (a.x() - point.x()) * (b.y() - a.y())) / length;
    }

    private static String number(long tenths) {
        return Svg.num(tenths / 10.0).replaceFirst("^(-?)0[.]", "$1.");
    }

    /** Empty where there was no point. */
    public String path() {
        return gap().path.toString();
    }
}
