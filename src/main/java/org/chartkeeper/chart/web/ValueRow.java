package org.chartkeeper.chart.web;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** A longer unit stands in the second line, so that the number keeps its own. */
    private static final int LONGEST_UNIT = 8;

    static ValueRow of(ChartReader.Trend trend, Words words) {
        EntryView latest = trend.latest();
        Content.Observation it = latest.content() instanceof Content.Observation observation ? observation : null;
        String flag = it == null ? null : Words.flag(it);
        String range = it == null ? null : words.range(it);
        String who = it != null && it.performer() != null ? it.performer() : latest.statedBy();
        Content.Value own = it == null ? null : it.value();
        String number = own == null ? null : own.number();
        String unit = own == null || own.unit() == null || number == null ? "" : Words.unit(own.unit());
        boolean apart = unit.length() > LONGEST_UNIT;
        // Which laboratory measured it stands with the entry; beside the range there is room for a person.
        boolean laboratory = it != null && it.category().equals("laboratory");
        String detail = Stream.of(apart ? unit : "", range, laboratory ? "" : who, words.nearDay(latest.event()))
                .filter(part -> part != null && !part.isEmpty())
                .collect(Collectors.joining(" · "));
        return new ValueRow(
                "/patients/" + latest.patient() + "/results/" + latest.id(),
                trend.label(),
                detail,
                it == null ? latest.content().title() : apart && number != null ? number : words.value(it),
                flag,
                flag == null ? null : Words.flagWords(flag),
                words.tags(latest),
                Spark.of(trend.label(), trend.points(), 120, 30, words));
    }
}
