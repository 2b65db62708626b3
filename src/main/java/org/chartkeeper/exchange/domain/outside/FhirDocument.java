package org.chartkeeper.exchange.domain.outside;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chartkeeper.exchange.domain.fhir.BundleReader;
import org.jspecify.annotations.Nullable;

/** A FHIR bundle as a document to reconcile. */
final class FhirDocument {

    private FhirDocument() {}

    /**
     * @param zone of moments that the bundle gives without an offset
     * @throws org.chartkeeper.platform.Rejected where it is no bundle about one patient
     */
    static OutsideDocument read(byte[] content, ZoneId zone, Instant now) {
        BundleReader.Bundle bundle = BundleReader.read(content, zone, now);
        Map<String, Integer> numbers = new HashMap<>();
        List<OutsideDocument.Item> items = new ArrayList<>();
        for (BundleReader.Line line : bundle.lines()) {
            int number = numbers.merge(line.kind(), 1, Integer::sum);
            items.add(new OutsideDocument.Item(line.kind() + "-" + number, line.content(), time(line.when())));
        }
        return new OutsideDocument(
                bundle.title(),
                bundle.custodian(),
                time(bundle.written()),
                new OutsideDocument.Person(bundle.family(), bundle.given(), bundle.birth(), bundle.sex()),
                List.copyOf(items),
                bundle.left());
    }

    private static @Nullable Hl7Time time(BundleReader.@Nullable When when) {
        return when == null ? null : new Hl7Time(when.text(), when.at(), when.precision());
    }
}
