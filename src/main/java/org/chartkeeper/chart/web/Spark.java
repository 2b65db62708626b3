package org.chartkeeper.chart.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chartkeeper.chart.ChartReader;
import org.jspecify.annotations.Nullable;

/**
 * A line that shows the course of a value, as the coordinates of an SVG. Time runs to the right in proportion.
 *
 * @param width in CSS pixels
 * @param height in CSS pixels
 * @param points of the polyline
 * @param x of the last point
 * @param y of the last point
 * @param label what it shows, for those who do not see it
 */
record Spark(int width, int height, String points, String x, String y, String label) {

    private static final double MARGIN = 4;

    /** Null where there are fewer than two points: a single value has no course. */
    static @Nullable Spark of(String name, List<ChartReader.Trend.Point> course, int width, int height, Words words) {
        if (course.size() < 2) {
            return null;
        }
        double low = course.stream()
                .mapToDouble(ChartReader.Trend.Point::value)
                .min()
                .orElseThrow();
        double high = course.stream()
                .mapToDouble(ChartReader.Trend.Point::value)
                .max()
                .orElseThrow();
        return between(name, course, low, high, width, height, words);
    }

    /** The same on a scale that other lines share. */
    static Spark between(
            String name,
            List<ChartReader.Trend.Point> course,
            double low,
            double high,
            int width,
            int height,
            Words words) {
        Instant from = course.get(0).at();
        double span = course.get(course.size() - 1).at().getEpochSecond() - from.getEpochSecond();
        List<String> points = new ArrayList<>();
        String x = "";
        String y = "";
        for (int i = 0; i < course.size(); i++) {
            ChartReader.Trend.Point point = course.get(i);
            double part = span <= 0
                    ? (double) i / (course.size() - 1)
                    : (point.at().getEpochSecond() - from.getEpochSecond()) / span;
            double rise = high == low ? 0.5 : (point.value() - low) / (high - low);
            x = number(MARGIN + part * (width - 2 * MARGIN));
            y = number(height - MARGIN - rise * (height - 2 * MARGIN));
            points.add(x + "," + y);
        }
        ChartReader.Trend.Point first = course.get(0);
        ChartReader.Trend.Point last = course.get(course.size() - 1);
        String label = "Trend of " + name + ": " + course.size() + " values from " + plain(first.value()) + " on "
                + Dates.day(first.at(), words.zone()) + " to " + plain(last.value()) + " on "
                + Dates.day(last.at(), words.zone());
        return new Spark(width, height, String.join(" ", points), x, y, label);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(Math.round(value * 1000) / 1000.0);
    }
}
