package org.chartkeeper.coding.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.Directory.Practitioner;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.CodingCase.Word;
import org.chartkeeper.coding.Finding;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads from the chart what a patient's drug orders are checked against, as one case of all of them. */
@Component
class OrderFacts {

    /** Labels that close an entry to some who may open the chart: the list shows nothing that rests on them. */
    private static final Pattern ITEM = Pattern.compile("prescriptions\\[(\\d+)](.*)");

    private final ChartReader reader;
    private final Directory directory;

    OrderFacts(ChartReader reader, Directory directory) {
        this.reader = reader;
        this.directory = directory;
    }

    /** Whom the orders are for. */
    record Person(
            @Nullable LocalDate born,
            @Nullable String sex,
            @Nullable LocalDate died) {}

    /**
     * What was read.
     *
     * @param orders behind the prescriptions of the case, in its order
     * @param proposals orders that wait to replace one of them, by that one
     */
    record Facts(
            CodingCase coded,
            List<EntryView> orders,
            Map<String, EntryView> proposals,
            Map<EntryId, EntryView> entries,
            Map<PractitionerId, Practitioner> people) {

        int place(EntryId order) {
            for (int i = 0; i < orders.size(); i++) {
                if (orders.get(i).id().equals(order)) {
                    return i;
                }
            }
            return -1;
        }
    }

    /** What is open to whoever may open the chart. */
    static final Predicate<EntryView> OPEN = Labels::open;

    Facts read(Actor actor, PatientId patient, Person person, LocalDate today, Predicate<EntryView> which) {
        List<String> asked = Stream.concat(Stream.of(CaseFacts.WEIGHT), CaseFacts.EGFR.stream())
                .toList();
        ChartReader.DrugFacts read = reader.drugFacts(actor, patient, asked);
        List<EntryView> known = read.entries().stream().filter(which).toList();
        Map<String, EntryView> latest = new HashMap<>();
        read.latest().forEach((code, entry) -> {
            if (which.test(entry)) {
                latest.put(code, entry);
            }
        });
        Map<EntryId, EntryView> entries = new LinkedHashMap<>();
        known.forEach(entry -> entries.put(entry.id(), entry));
        List<EntryView> orders = known.stream()
                .filter(entry -> !entry.proposed()
                        && entry.content() instanceof Content.MedicationOrder order
                        && Set.of("active", "on-hold", "draft").contains(order.status()))
                .toList();
        Map<String, EntryView> proposals = new HashMap<>();
        for (EntryView entry : known) {
            if (entry.proposed()
                    && entry.content() instanceof Content.MedicationOrder order
                    && order.replaces() != null) {
                proposals.put(order.replaces().entry(), entry);
            }
        }
        Map<PractitionerId, Practitioner> people = directory.practitioners(orders.stream()
                .map(EntryView::statedByPractitioner)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        CodingCase coded = new CodingCase(
                patient.toString(),
                CodingCase.Kind.AMBULATORY,
                today,
                today,
                null,
                CodingCase.Payer.MEDICARE,
                CodingCase.FacilityType.ACUTE,
                new CodingCase.Patient(
                        person.born(),
                        Word.of(
                                        CodingCase.Sex.class,
                                        person.sex() == null
                                                ? "unknown"
                                                : person.sex().toLowerCase(Locale.ROOT))
                                .orElse(CodingCase.Sex.UNKNOWN),
                        Map.of(),
                        person.died()),
                diagnoses(known),
                List.of(),
                null,
                CaseFacts.kilograms(latest.get(CaseFacts.WEIGHT)),
                CaseFacts.EGFR.stream()
                        .map(latest::get)
                        .filter(Objects::nonNull)
                        .max(Comparator.comparing(EntryView::event))
                        .map(CaseFacts::number)
                        .orElse(null),
                known.stream().flatMap(CaseFacts::allergy).toList(),
                known.stream()
                        .filter(entry -> !entry.proposed() && entry.content() instanceof Content.MedicationStatement)
                        .flatMap(CaseFacts::medication)
                        .toList(),
                orders.stream()
                        .map(entry -> CaseFacts.prescription(entry, entries, people, zone(entry.facility())))
                        .toList());
        return new Facts(coded, orders, proposals, entries, people);
    }

    ZoneId zone(FacilityId facility) {
        return directory.facility(facility).map(Directory.Facility::zone).orElse(ZoneOffset.UTC);
    }

    private static List<CodingCase.Diagnosis> diagnoses(List<EntryView> known) {
        return known.stream()
                .filter(entry -> !entry.proposed() && entry.content() instanceof Content.Condition)
                .map(entry -> ((Content.Condition) entry.content()).code().code(Concept.ICD10CM))
                .filter(Objects::nonNull)
                .distinct()
                .map(code -> new CodingCase.Diagnosis(code, CodingCase.Role.SECONDARY, null))
                .toList();
    }

    /** A finding about two drugs tells where the other stands in the case: of no use to a reader, who sees no case. */
    private static final Pattern PLACE = Pattern.compile(" ?\\((?:prescriptions|activeMedications)\\[\\d+]\\)");

    private static Finding placeless(Finding finding) {
        return new Finding(
                finding.rule(),
                finding.severity(),
                finding.item(),
                PLACE.matcher(finding.message()).replaceAll(""),
                finding.source(),
                finding.facts(),
                finding.repair());
    }

    /** The findings of each order, by its place in the case; what is about a reported drug alone is nobody's order. */
    static Map<Integer, List<Finding>> byOrder(List<Finding> findings) {
        Map<Integer, List<Finding>> by = new HashMap<>();
        for (Finding finding : findings) {
            Matcher item = ITEM.matcher(finding.item());
            if (item.matches()) {
                by.computeIfAbsent(Integer.valueOf(item.group(1)), place -> new ArrayList<>())
                        .add(placeless(finding));
            }
        }
        by.values().forEach(list -> list.sort(Comparator.comparing(Finding::severity)));
        return by;
    }

    /** Names exactly this finding of its order, whatever the order's place among the others. */
    static String key(Finding finding) {
        Matcher item = ITEM.matcher(finding.item());
        String field = item.matches() ? item.group(2) : finding.item();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((field + "|" + finding.message()).getBytes(StandardCharsets.UTF_8));
            return finding.rule() + "-" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
