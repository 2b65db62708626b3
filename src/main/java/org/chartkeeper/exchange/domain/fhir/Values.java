package org.chartkeeper.exchange.domain.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.jspecify.annotations.Nullable;

/** {@code value[x]} of observations and their components. */
final class Values {

    private static final String UCUM = "http://unitsofmeasure.org";

    private Values() {}

    /** Null where there is no value. */
    static Content.@Nullable Value of(Element holder, Mapping mapping) {
        Element quantity = holder.child("valueQuantity");
        if (quantity != null) {
            return quantity(quantity);
        }
        Concept concept = Codes.concept(holder.child("valueCodeableConcept"));
        if (concept != null) {
            return new Content.Value(null, null, null, concept.text(), null, concept.codings());
        }
        String text = holder.text("valueString");
        if (text == null) {
            text = holder.text("valueTime");
        }
        if (text == null) {
            text = mapping.when(holder, "valueDateTime");
        }
        if (text != null) {
            return words(text);
        }
        Boolean flag = holder.flag("valueBoolean");
        if (flag != null) {
            return words(flag ? "yes" : "no");
        }
        Integer whole = holder.whole("valueInteger");
        if (whole != null) {
            return new Content.Value(whole.toString(), null, null, null, null);
        }
        return compound(holder, mapping);
    }

    private static Content.@Nullable Value compound(Element holder, Mapping mapping) {
        Element range = holder.child("valueRange");
        if (range != null) {
            return words(part(range, "low") + "–" + part(range, "high"));
        }
        Element ratio = holder.child("valueRatio");
        if (ratio != null) {
            return words(part(ratio, "numerator") + " / " + part(ratio, "denominator"));
        }
        Element period = holder.child("valuePeriod");
        if (period != null) {
            return words(mapping.when(period, "start") + " to " + mapping.when(period, "end"));
        }
        Element samples = holder.child("valueSampledData");
        if (samples != null) {
            return words("Sampled data: " + samples.text("data", ""));
        }
        return null;
    }

    private static String part(Element holder, String part) {
        Element quantity = holder.child(part);
        return quantity == null ? "" : display(quantity);
    }

    private static Content.Value words(String text) {
        return new Content.Value(null, null, null, text, null);
    }

    private static Content.Value quantity(Element quantity) {
        String number = quantity.decimal("value");
        String code = quantity.text("code");
        String unit = quantity.text("unit");
        String ucum = UCUM.equals(quantity.text("system")) ? code : null;
        if (unit == null) {
            unit = code;
        }
        String comparator = quantity.text("comparator");
        if (number == null || comparator != null) {
            // "<5 mg/dL" is no number to be drawn or compared.
            return new Content.Value(null, unit, ucum, display(quantity), null);
        }
        return new Content.Value(number, unit, ucum, null, null);
    }

    private static String display(Element quantity) {
        String number = quantity.decimal("value");
        String unit = quantity.text("unit", quantity.text("code", ""));
        return (quantity.text("comparator", "") + (number == null ? "" : number) + " " + unit).strip();
    }

    /** H, L, HH, LL, A, N as the source flagged it; null where it did not. */
    static @Nullable String interpretation(Element holder) {
        Element first = holder.first("interpretation");
        String code = Codes.code(first);
        return code != null ? code.toUpperCase(Locale.ROOT) : Codes.words(first);
    }

    /** The reference range in words; null where there is none. */
    static @Nullable String range(Element holder) {
        List<String> ranges = new ArrayList<>();
        for (Element range : holder.children("referenceRange")) {
            String text = range.text("text");
            if (text == null) {
                Element low = range.child("low");
                Element high = range.child("high");
                text = low != null && high != null
                        ? low.decimal("value") + "–" + display(high)
                        : low != null ? "≥ " + display(low) : high != null ? "≤ " + display(high) : null;
            }
            if (text != null) {
                ranges.add(text);
            }
        }
        return ranges.isEmpty() ? null : String.join("; ", ranges);
    }
}
