package org.chartkeeper.chart.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.chartkeeper.chart.ChartReader.Trend;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.jspecify.annotations.Nullable;

/**
 * The course of the values on a page, drawn large.
 *
 * @param lines one, or systolic and diastolic of a pressure on one scale
 * @param low lowest value as text
 * @param high highest value as text
 */
record Course(List<Spark> lines, String low, String high, String from, String until) {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 140;

    /** Null where fewer than two numbers are there. What was entered in error is left out. */
    static @Nullable Course of(String name, List<EntryView> values, Words words) {
        List<Trend.Point> first = new ArrayList<>();
        List<Trend.Point> second = new ArrayList<>();
        for (EntryView entry : values) {
            if (!entry.retracted() && entry.content() instanceof Content.Observation it) {
                point(entry, it.value() == null ? part(it, "8480-6") : it.value(), first);
                point(entry, part(it, "8462-4"), second);
            }
        }
        if (first.size() < 2) {
            return null;
        }
        first.sort(Comparator.comparing(Trend.Point::at));
        second.sort(Comparator.comparing(Trend.Point::at));
        List<Trend.Point> all = new ArrayList<>(first);
        all.addAll(second);
        double low = all.stream().mapToDouble(Trend.Point::value).min().orElseThrow();
        double high = all.stream().mapToDouble(Trend.Point::value).max().orElseThrow();
        List<Spark> lines = new ArrayList<>();
        lines.add(Spark.between(second.isEmpty() ? name : name + ", systolic", first, low, high, WIDTH, HEIGHT, words));
        if (second.size() > 1) {
            lines.add(Spark.between(name + ", diastolic", second, low, high, WIDTH, HEIGHT, words));
        }
        return new Course(
                lines,
                Spark.plain(low),
                Spark.plain(high),
                Dates.day(first.get(0).at(), words.zone()),
                Dates.day(first.get(first.size() - 1).at(), words.zone()));
    }

    public int width() {
        return WIDTH;
    }

    public int height() {
        return HEIGHT;
    }

    /** What the lines show, for those who do not see them. */
    public String label() {
        return lines.stream().map(Spark::label).collect(Collectors.joining(". "));
    }

    private static Content.@Nullable Value part(Content.Observation it, String code) {
        return it.components().stream()
                .filter(part -> code.equals(part.code().code(Concept.LOINC)))
                .map(Content.Component::value)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static void point(EntryView entry, Content.@Nullable Value value, List<Trend.Point> points) {
        if (value == null || value.number() == null) {
            return;
        }
        try {
            points.add(new Trend.Point(entry.event(), Double.parseDouble(value.number())));
        } catch (NumberFormatException notDecimal) {
            // Words such as "> 90" have no place on a line; the table shows them.
        }
    }
}
