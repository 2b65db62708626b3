package org.chartkeeper.chart.web;

import java.util.List;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.jspecify.annotations.Nullable;

/**
 * A latest value with its course.
 *
 * @param path of all values of the same code
 * @param detail range, who measured, when
 * @param flag H, L, HH, LL or A; null for a normal value
 */
record ValueRow(
        String path,
        String label,
        String detail,
        String value,
        @Nullable String flag,
        @Nullable String flagWords,
        List<Tag> tags,
        @Nullable Spark spark) {

    static ValueRow of(ChartReader.Trend trend, Words words) {
        EntryView latest = trend.latest();
        Content.Observation it = latest.content() instanceof Content.Observation observation ? observation : null;
        String flag = it == null ? null : Words.flag(it);
        String range = it == null ? null : words.range(it);
        String who = it != null && it.performer() != null ? it.performer() : latest.statedBy();
        String detail = (range == null ? "" : range + " · ") + who + " · " + words.nearDay(latest.event());
        return new ValueRow(
                "/patients/" + latest.patient() + "/results/" + latest.id(),
                trend.label(),
                detail,
                it == null ? latest.content().title() : words.value(it),
                flag,
                flag == null ? null : Words.flagWords(flag),
                words.tags(latest),
                Spark.of(trend.label(), trend.points(), 120, 30, words));
    }
}
