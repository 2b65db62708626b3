package org.chartkeeper.chart.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.jspecify.annotations.Nullable;

/**
 * The course of the values on a page, drawn large.
 *
 * @param line the values as a line
 * @param low lowest value as text
 * @param high highest value as text
 */
record Course(Spark line, String low, String high, String from, String until) {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 140;

    /** Null where fewer than two numbers are there. What was entered in error is left out. */
    static @Nullable Course of(String name, List<EntryView> values, Words words) {
        List<ChartReader.Trend.Point> points = new ArrayList<>();
        for (EntryView value : values) {
            Double number = number(value);
            if (number != null && !value.retracted()) {
                points.add(new ChartReader.Trend.Point(value.event(), number));
            }
        }
        points.sort(Comparator.comparing(ChartReader.Trend.Point::at));
        Spark line = Spark.of(name, points, WIDTH, HEIGHT, words);
        if (line == null) {
            return null;
        }
        double low = points.stream()
                .mapToDouble(ChartReader.Trend.Point::value)
                .min()
                .orElseThrow();
        double high = points.stream()
                .mapToDouble(ChartReader.Trend.Point::value)
                .max()
                .orElseThrow();
        return new Course(
                line,
                Spark.plain(low),
                Spark.plain(high),
                Dates.day(points.get(0).at(), words.zone()),
                Dates.day(points.get(points.size() - 1).at(), words.zone()));
    }

    /** The value's number, of a pressure the systolic one; null for words. */
    private static @Nullable Double number(EntryView entry) {
        if (!(entry.content() instanceof Content.Observation it)) {
            return null;
        }
        Content.Value value = it.value();
        if (value == null) {
            value = it.components().stream()
                    .filter(part -> "8480-6".equals(part.code().code("http://loinc.org")))
                    .map(Content.Component::value)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        if (value == null || value.number() == null) {
            return null;
        }
        try {
            return Double.valueOf(value.number());
        } catch (NumberFormatException notDecimal) {
            return null;
        }
    }
}
