package dev.loupe.report.draw;

/**
 * Straight lines from point to point as the data of an SVG path: the first point of each piece where it stands, the others by
 * how far they are from the one before, which is half as long. Rounded places are subtracted, so that errors do not add up.
 */
public final class Polyline {
    private final StringBuilder path = new StringBuilder();
    private boolean down;
    private long lastX;
    private long lastY;

    /** The next point; joined to the one before unless there was a gap. */
    public Polyline to(double x, double y) {
        long tenthsX = Math.round(x * 10);
        long tenthsY = Math.round(y * 10);
        if (down) {
            String across = number(tenthsX - lastX);
            String up = number(tenthsY - lastY);
            path.append(up.equals("0") ? "h" + across : "l" + across + (up.startsWith("-") ? "" : " ") + up);
        } else {
            path.append('M').append(number(tenthsX)).append(' ').append(number(tenthsY));
        }
        down = true;
        lastX = tenthsX;
        lastY = tenthsY;
        return this;
    }

    /** The line is interrupted. */
    public Polyline gap() {
        down = false;
        return this;
    }

    private static String number(long tenths) {
        return Svg.num(tenths / 10.0).replaceFirst("^(-?)0[.]", "$1.");
    }

    /** Empty where there was no point. */
    public String path() {
        return path.toString();
    }
}
