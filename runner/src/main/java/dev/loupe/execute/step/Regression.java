package dev.loupe.execute.step;

/**
 * The regression of y on one regressor and a constant.
 *
 * @param z the regressor without its mean
 * @param zz its squares
 * @param slope of y on it; 0 where the regressor is constant
 * @param left what of y it does not explain, at each point
 * @param squares the sum of squares of that
 */
record Regression(double[] z, double zz, double slope, double[] left, double squares) {
    /** @param y without its mean */
    static Regression of(double[] regressor, double[] y) {
        double[] z = centred(regressor);
        double zz = dot(z, z);
        double slope = zz > 0 ? dot(z, y) / zz : 0;
        double[] left = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            left[i] = y[i] - slope * z[i];
        }
        return new Regression(z, zz, slope, left, dot(left, left));
    }

    /** The sum of squares alone, all but exactly. */
    static double squares(double[] regressor, double[] y) {
        double mean = 0;
        for (double value : regressor) {
            mean += value;
        }
        mean /= regressor.length;
        double zz = 0;
        double zy = 0;
        double yy = 0;
        for (int i = 0; i < y.length; i++) {
            double z = regressor[i] - mean;
            zz += z * z;
            zy += z * y[i];
            yy += y[i] * y[i];
        }
        return zz > 0 ? Math.max(0, yy - zy * zy / zz) : yy;
    }

    /** What of a direction neither the constant nor the regressor can make. */
    double[] rest(double[] direction) {
        double[] rest = centred(direction);
        double share = zz > 0 ? dot(rest, z) / zz : 0;
        for (int i = 0; i < rest.length; i++) {
            rest[i] -= share * z[i];
        }
        return rest;
    }

    static double[] centred(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double[] centred = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            centred[i] = values[i] - mean;
        }
        return centred;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
