package org.chartkeeper.exchange.domain.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.chartkeeper.chart.Content;
import org.jspecify.annotations.Nullable;

/** Dosage elements in the words of a prescription. */
final class Dosages {

    private Dosages() {}

    /** The instructions of an order as one; null where there are none. */
    static Content.@Nullable Dosage of(List<Element> instructions) {
        if (instructions.isEmpty()) {
            return null;
        }
        Content.Dosage first = of(instructions.get(0));
        if (instructions.size() == 1) {
            return first;
        }
        List<String> all = new ArrayList<>();
        for (Element instruction : instructions) {
            all.add(of(instruction).text());
        }
        return new Content.Dosage(
                String.join("; then ", all),
                first.dose(),
                first.doseUnit(),
                first.route(),
                first.timing(),
                first.asNeeded(),
                first.asNeededReason());
    }

    private static Content.Dosage of(Element instruction) {
        Element amount = instruction.first("doseAndRate");
        Element quantity = amount == null ? null : amount.child("doseQuantity");
        Element range = amount == null ? null : amount.child("doseRange");
        String dose = quantity == null ? null : quantity.decimal("value");
        String unit = quantity == null ? null : unit(quantity);
        if (range != null) {
            Element low = range.child("low");
            Element high = range.child("high");
            dose = (low == null ? "" : low.decimal("value")) + "–" + (high == null ? "" : high.decimal("value"));
            unit = high != null ? unit(high) : low != null ? unit(low) : null;
        }
        String route = Codes.words(instruction.child("route"));
        String timing = timing(instruction.child("timing"));
        String reason = Codes.words(instruction.child("asNeededCodeableConcept"));
        boolean asNeeded = reason != null || Boolean.TRUE.equals(instruction.flag("asNeededBoolean"));
        return dosage(instruction.text("text"), dose, unit, route, timing, asNeeded, reason);
    }

    /** The dosage of a drug that was given; null where it says nothing. */
    static Content.@Nullable Dosage given(@Nullable Element dosage) {
        if (dosage == null) {
            return null;
        }
        Element quantity = dosage.child("dose");
        return dosage(
                dosage.text("text"),
                quantity == null ? null : quantity.decimal("value"),
                quantity == null ? null : unit(quantity),
                Codes.words(dosage.child("route")),
                null,
                false,
                null);
    }

    private static Content.Dosage dosage(
            @Nullable String text,
            @Nullable String dose,
            @Nullable String unit,
            @Nullable String route,
            @Nullable String timing,
            boolean asNeeded,
            @Nullable String reason) {
        String words = text;
        if (words == null) {
            StringJoiner parts = new StringJoiner(" ");
            for (String part : new @Nullable String[] {dose, unit, route, timing}) {
                if (part != null) {
                    parts.add(part);
                }
            }
            if (asNeeded) {
                parts.add(reason == null ? "as needed" : "as needed for " + reason);
            }
            words = parts.length() == 0 ? "As directed" : parts.toString();
        }
        return new Content.Dosage(words, dose, unit, route, timing, asNeeded, reason);
    }

    private static @Nullable String unit(Element quantity) {
        String unit = quantity.text("unit");
        return unit != null ? unit : quantity.text("code");
    }

    /** Timing in the usual abbreviation where there is one. */
    private static @Nullable String timing(@Nullable Element timing) {
        if (timing == null) {
            return null;
        }
        String code = Codes.words(timing.child("code"));
        if (code != null) {
            return code;
        }
        Element repeat = timing.child("repeat");
        if (repeat == null) {
            return null;
        }
        Integer frequency = repeat.whole("frequency");
        String period = repeat.decimal("period");
        String unit = repeat.text("periodUnit");
        if (period == null || unit == null) {
            return null;
        }
        String every = period.contains(".") ? period.replaceFirst("\\.?0+$", "") : period;
        int times = frequency == null ? 1 : frequency;
        if (every.equals("1") && unit.equals("d")) {
            return switch (times) {
                case 1 -> "daily";
                case 2 -> "BID";
                case 3 -> "TID";
                case 4 -> "QID";
                default -> times + " times a day";
            };
        }
        if (times == 1 && unit.equals("h")) {
            return "q" + every + "h";
        }
        if (times == 1 && every.equals("1") && unit.equals("wk")) {
            return "weekly";
        }
        return (times == 1 ? "once" : times + " times") + " every " + every + " "
                + switch (unit) {
                    case "s" -> "s";
                    case "min" -> "min";
                    case "h" -> "h";
                    case "d" -> "days";
                    case "wk" -> "weeks";
                    case "mo" -> "months";
                    case "a" -> "years";
                    default -> unit;
                };
    }
}
