package org.chartkeeper.coding.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
import org.chartkeeper.chart.DoseUnit;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Route;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.CodingCase.Author;
import org.chartkeeper.coding.CodingCase.Word;
import org.chartkeeper.coding.CodingCases.Sentence;
import org.chartkeeper.coding.CodingCases.Source;
import org.chartkeeper.coding.CodingCases.Work;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads from the chart what a case is coded from and what its rules ask for. */
@Component
class CaseFacts {

    static final String WEIGHT = "29463-7";
    static final List<String> EGFR = List.of("98979-8", "98980-6", "62238-1", "33914-3", "48642-3", "48643-1");
    static final String NDC = "http://hl7.org/fhir/sid/ndc";
    static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.US);
    /** Forms of a drug that a bare number counts. */
    private static final Pattern COUNTED =
            Pattern.compile("(?i)\\b(tablet|capsule|patch|suppository|lozenge|packet)\\b");

    /** So many data of a kind are offered as evidence. */
    private static final int MOST_LINES = 300;

    private static final Set<String> SIGNED = Set.of("signed", "authenticated at source", "none needed");

    private final ChartReader reader;
    private final Directory directory;

    CaseFacts(ChartReader reader, Directory directory) {
        this.reader = reader;
        this.directory = directory;
    }

    /**
     * What was read.
     *
     * @param diagnoses the lines behind the case's diagnoses, in its order
     * @param orders the entries behind its prescriptions, in its order
     * @param entries everything of the visits and every listed thing, by id
     * @param people practitioners of the facility
     */
    record Facts(
            CodingCase coded,
            List<UUID> diagnoses,
            List<UUID> procedures,
            List<EntryView> orders,
            List<Source> sources,
            Map<EntryId, EntryView> entries,
            Set<EntryId> ofVisit,
            List<Practitioner> people) {}

    Facts read(Actor actor, CaseRows.Whole whole, List<CodeEntity> codes) {
        return read(actor, whole, codes, entry -> !Labels.apart(entry));
    }

    /** @param which is read of what the actor may see */
    Facts read(Actor actor, CaseRows.Whole whole, List<CodeEntity> codes, Predicate<EntryView> which) {
        Work work = whole.work();
        List<String> asked = Stream.concat(Stream.of(WEIGHT), EGFR.stream()).toList();
        ChartReader.Standing standing =
                only(reader.standing(actor, work.patient(), work.visits().get(0), asked), which);
        List<EntryView> visit = new ArrayList<>(standing.ofVisit());
        for (EncounterId other : work.visits().subList(1, work.visits().size())) {
            visit.addAll(reader.ofEncounter(actor, work.patient(), other));
        }
        visit.removeIf(entry -> entry.retracted() || entry.proposed() || !which.test(entry));
        Map<EntryId, EntryView> entries = new LinkedHashMap<>();
        Stream.concat(standing.listed().stream(), visit.stream()).forEach(entry -> entries.put(entry.id(), entry));
        Set<EntryId> ofVisit = visit.stream().map(EntryView::id).collect(Collectors.toSet());
        beyond(actor, work, codes, entries);
        ZoneId zone = directory
                .facility(work.facility())
                .map(Directory.Facility::zone)
                .orElse(ZoneOffset.UTC);
        List<Practitioner> here = directory.practitionersAt(work.facility());
        Map<PractitionerId, Practitioner> people = people(here, entries.values());
        List<CodeEntity> diagnoses =
                codes.stream().filter(CodeEntity::diagnosis).toList();
        List<CodeEntity> procedures =
                codes.stream().filter(code -> !code.diagnosis()).toList();
        List<EntryView> orders = visit.stream()
                .filter(entry -> entry.content() instanceof Content.MedicationOrder)
                .toList();
        CodingCase coded = new CodingCase(
                work.id().toString(),
                Word.of(CodingCase.Kind.class, work.klass()).orElse(null),
                work.started().atZone(zone).toLocalDate(),
                work.ended() == null ? null : work.ended().atZone(zone).toLocalDate(),
                work.disposition(),
                Word.of(CodingCase.Payer.class, work.payer()).orElse(CodingCase.Payer.MEDICARE),
                Word.of(CodingCase.FacilityType.class, whole.policy().facilityType())
                        .orElse(CodingCase.FacilityType.ACUTE),
                patient(whole),
                diagnoses.stream()
                        .map(code -> diagnosis(code, entries, ofVisit, people))
                        .toList(),
                procedures.stream().map(CaseFacts::procedure).toList(),
                note(visit),
                kilograms(standing.latest().get(WEIGHT)),
                EGFR.stream()
                        .map(standing.latest()::get)
                        .filter(Objects::nonNull)
                        .max(Comparator.comparing(EntryView::event))
                        .map(CaseFacts::number)
                        .orElse(null),
                standing.listed().stream().flatMap(CaseFacts::allergy).toList(),
                standing.listed().stream()
                        .filter(entry -> !entry.proposed()
                                && orders.stream().noneMatch(each -> each.id().equals(entry.id())))
                        .flatMap(CaseFacts::medication)
                        .toList(),
                orders.stream()
                        .map(entry -> prescription(entry, entries, people, zone))
                        .toList());
        coded = coded.withEarlier(whole.earlier());
        List<CodingCase.Reconciled> reconciled = reconciled(work, standing.listed(), orders);
        if (reconciled != null) {
            coded = coded.withReconciliation(reconciled);
        }
        return new Facts(
                coded,
                diagnoses.stream().map(code -> code.id).toList(),
                procedures.stream().map(code -> code.id).toList(),
                orders,
                sources(visit, zone),
                entries,
                ofVisit,
                here);
    }

    private static ChartReader.Standing only(ChartReader.Standing read, Predicate<EntryView> which) {
        Map<String, EntryView> latest = new HashMap<>(read.latest());
        latest.values().removeIf(which.negate());
        return new ChartReader.Standing(
                read.listed().stream().filter(which).toList(), read.ofVisit(), latest, read.comments());
    }

    /** Who stated things; mostly people of the facility, others are asked for by themselves. */
    private Map<PractitionerId, Practitioner> people(List<Practitioner> here, Collection<EntryView> entries) {
        Map<PractitionerId, Practitioner> people = new HashMap<>();
        here.forEach(each -> people.put(each.id(), each));
        Set<PractitionerId> strangers = entries.stream()
                .map(EntryView::statedByPractitioner)
                .filter(Objects::nonNull)
                .filter(each -> !people.containsKey(each))
                .collect(Collectors.toSet());
        if (!strangers.isEmpty()) {
            people.putAll(directory.practitioners(strangers));
        }
        return people;
    }

    /** Evidence from elsewhere in the chart is read one by one: it is rare. */
    private void beyond(Actor actor, Work work, List<CodeEntity> codes, Map<EntryId, EntryView> entries) {
        codes.stream()
                .flatMap(code -> code.evidence.stream())
                .map(each -> new EntryId(each.entryId))
                .filter(each -> !entries.containsKey(each))
                .distinct()
                .forEach(
                        each -> reader.entry(actor, work.patient(), each).ifPresent(entry -> entries.put(each, entry)));
    }

    // The case --------------------------------------------------------------------------------------------------------

    private static CodingCase.Patient patient(CaseRows.Whole whole) {
        String sex = whole.sex() == null ? "unknown" : whole.sex().toLowerCase(Locale.ROOT);
        return new CodingCase.Patient(
                whole.born(),
                Word.of(CodingCase.Sex.class, sex).orElse(CodingCase.Sex.UNKNOWN),
                Map.of(),
                whole.died());
    }

    private static CodingCase.Diagnosis diagnosis(
            CodeEntity code,
            Map<EntryId, EntryView> entries,
            Set<EntryId> ofVisit,
            Map<PractitionerId, Practitioner> people) {
        List<CodingCase.Evidence> evidence = new ArrayList<>();
        for (EvidenceEntity each : code.evidence) {
            EntryView entry = entries.get(new EntryId(each.entryId));
            if (entry != null) {
                evidence.add(new CodingCase.Evidence(
                        each.label, author(entry, people), signed(entry), ofVisit.contains(entry.id()), null));
            }
        }
        if (code.unsupported != null) {
            evidence.add(new CodingCase.Evidence("", Author.PROVIDER, true, true, code.unsupported));
        }
        return new CodingCase.Diagnosis(
                code.code,
                Word.of(CodingCase.Role.class, code.role == null ? "" : code.role)
                        .orElse(null),
                "E".equals(code.poa) ? "1" : code.poa,
                evidence);
    }

    static boolean signed(EntryView entry) {
        return SIGNED.contains(entry.signature());
    }

    private static Author author(EntryView entry, Map<PractitionerId, Practitioner> people) {
        if (entry.type() == EntryType.DIAGNOSTIC_REPORT || entry.type() == EntryType.OBSERVATION) {
            return Author.INTERPRETER;
        }
        PractitionerId by = entry.statedByPractitioner();
        Practitioner known = by == null ? null : people.get(by);
        if (known != null) {
            return known.prescriberKind().equals("physician") ? Author.PROVIDER : Author.OTHER_CLINICIAN;
        }
        return entry.statedBy().toLowerCase(Locale.ROOT).contains("patient") ? Author.PATIENT : Author.OTHER_CLINICIAN;
    }

    private static CodingCase.Procedure procedure(CodeEntity code) {
        return new CodingCase.Procedure(
                Word.of(CodingCase.ProcedureSystem.class, code.system).orElse(null),
                code.code,
                code.doneOn,
                code.modifierList(),
                code.units,
                code.pointerList());
    }

    private static @Nullable String note(List<EntryView> visit) {
        String text = visit.stream()
                .filter(entry -> entry.content() instanceof Content.Note)
                .map(entry -> ((Content.Note) entry.content()).text())
                .filter(each -> !each.isBlank())
                .collect(Collectors.joining("\n\n"));
        return text.isBlank() ? null : text;
    }

    /**
     * What the record says was decided of each drug at the discharge: what was ordered at the stay is new, or changes what
     * it replaces; what was updated during it is kept; what waits to be stopped is stopped. Of any other drug nobody has
     * decided. The reason is what the order is for, or why it is stopped.
     *
     * @return null where there is no transition: no stay, or one that lasts
     */
    private static @Nullable List<CodingCase.Reconciled> reconciled(
            Work work, List<EntryView> listed, List<EntryView> orders) {
        Instant ended = work.ended();
        if (ended == null || !work.klass().equals("inpatient") || !work.kind().equals("facility")) {
            return null;
        }
        List<CodingCase.Reconciled> lines = new ArrayList<>();
        for (EntryView order : orders) {
            Content.MedicationOrder content = (Content.MedicationOrder) order.content();
            lines.add(new CodingCase.Reconciled(
                    content.medication().text(),
                    content.status().equals("stopped")
                            ? CodingCase.Decision.STOP
                            : content.replaces() == null ? CodingCase.Decision.NEW : CodingCase.Decision.CHANGE,
                    content.status().equals("stopped") ? content.stopReason() : content.indication()));
        }
        for (EntryView drug : listed) {
            boolean ofStay = orders.stream().anyMatch(each -> each.id().equals(drug.id()));
            if (drug.proposed() || ofStay || medication(drug).findAny().isEmpty()) {
                continue;
            }
            boolean updated = drug.lastKind().equals("update")
                    && !drug.statedAt().isBefore(work.started())
                    && !drug.statedAt().isAfter(ended);
            boolean stops = "stop".equals(drug.pendingKind());
            lines.add(new CodingCase.Reconciled(
                    drug.content().title(),
                    stops ? CodingCase.Decision.STOP : updated ? CodingCase.Decision.KEEP : null,
                    stops && drug.pending() instanceof Content.MedicationOrder stopped
                            ? stopped.stopReason()
                            : drug.content() instanceof Content.MedicationOrder order ? order.indication() : null));
        }
        return lines;
    }

    static @Nullable BigDecimal number(@Nullable EntryView entry) {
        if (entry == null
                || !(entry.content() instanceof Content.Observation observation)
                || observation.value() == null
                || observation.value().number() == null) {
            return null;
        }
        return decimal(observation.value().number());
    }

    static @Nullable BigDecimal kilograms(@Nullable EntryView entry) {
        BigDecimal number = number(entry);
        if (number == null || entry == null || !(entry.content() instanceof Content.Observation observation)) {
            return null;
        }
        Content.Value value = observation.value();
        String unit = value == null ? null : Optional.ofNullable(value.ucum()).orElse(value.unit());
        if (unit == null || unit.equals("kg")) {
            return number;
        }
        return switch (unit) {
            case "[lb_av]", "lb" -> number.multiply(new BigDecimal("0.45359237"));
            case "g" -> number.movePointLeft(3);
            default -> null;
        };
    }

    private static @Nullable BigDecimal decimal(@Nullable String text) {
        try {
            return text == null ? null : new BigDecimal(text.strip());
        } catch (NumberFormatException words) {
            return null;
        }
    }

    static Stream<CodingCase.Allergy> allergy(EntryView entry) {
        return entry.content() instanceof Content.Allergy allergy && !allergy.noneKnown()
                ? Stream.of(new CodingCase.Allergy(
                        allergy.substance().text(),
                        allergy.substance().code(Concept.RXNORM),
                        allergy.verificationStatus().equals("refuted") ? "refuted" : allergy.clinicalStatus()))
                : Stream.empty();
    }

    static Stream<CodingCase.Medication> medication(EntryView entry) {
        Concept drug = entry.content() instanceof Content.MedicationOrder order
                        && order.status().equals("active")
                ? order.medication()
                : entry.content() instanceof Content.MedicationStatement statement
                                && statement.status().equals("active")
                        ? statement.medication()
                        : null;
        return drug == null
                ? Stream.empty()
                : Stream.of(new CodingCase.Medication(drug.code(Concept.RXNORM), drug.text()));
    }

    static CodingCase.Prescription prescription(
            EntryView entry, Map<EntryId, EntryView> entries, Map<PractitionerId, Practitioner> people, ZoneId zone) {
        Content.MedicationOrder order = (Content.MedicationOrder) entry.content();
        Content.Dosage dosage = order.dosage();
        String route = dosage == null || dosage.route() == null
                ? null
                : Route.read(dosage.route()).map(Route::snomed).orElse(null);
        PractitionerId by = entry.statedByPractitioner();
        Practitioner prescriber = by == null ? null : people.get(by);
        return new CodingCase.Prescription(
                order.medication().code(NDC),
                order.medication().code(Concept.RXNORM),
                order.medication().text(),
                dosage == null || dosage.dose() == null
                        ? null
                        : new CodingCase.Dose(
                                decimal(dosage.dose()),
                                ucum(dosage.doseUnit(), order.medication().text())),
                route,
                dosage == null ? null : dosage.text(),
                order.quantity() == null ? null : decimal(order.quantity().split(" ")[0]),
                order.daysSupply() == null ? null : BigDecimal.valueOf(order.daysSupply()),
                order.refills(),
                dosage == null ? null : dosage.asNeededReason(),
                null,
                day(order.authored(), entry.event(), zone),
                day(order.start(), null, zone),
                day(order.end(), null, zone),
                indication(order, entries),
                prescriber == null
                        ? null
                        : new CodingCase.Prescriber(
                                prescriber.npi(), prescriber.dea().get(entry.facility()), prescriber.familyName()));
    }

    /**
     * The chart keeps units of a dose as words, "tablet"; rules ask for UCUM. What is neither stays as it was written; "1
     * by mouth" of a tablet is one tablet, for the drug's name says in what it is counted.
     */
    private static @Nullable String ucum(@Nullable String unit, String drug) {
        if (unit != null) {
            return DoseUnit.read(unit).map(DoseUnit::ucum).orElse(unit);
        }
        Matcher counted = COUNTED.matcher(drug);
        return counted.find()
                ? DoseUnit.read(counted.group().toLowerCase(Locale.ROOT))
                        .map(DoseUnit::ucum)
                        .orElse(null)
                : null;
    }

    private static @Nullable String indication(Content.MedicationOrder order, Map<EntryId, EntryView> entries) {
        Content.EntryRef of = order.indicationOf();
        if (of == null || !of.entry().matches("[0-9a-f-]{36}")) {
            return null;
        }
        EntryView problem = entries.get(EntryId.of(of.entry()));
        return problem != null && problem.content() instanceof Content.Condition condition
                ? condition.code().code(Concept.ICD10CM)
                : null;
    }

    private static @Nullable LocalDate day(@Nullable String text, @Nullable Instant otherwise, ZoneId zone) {
        if (text != null && text.matches("\\d{4}-\\d{2}-\\d{2}.*")) {
            return text.length() > 10 && text.endsWith("Z")
                    ? Instant.parse(text).atZone(zone).toLocalDate()
                    : LocalDate.parse(text.substring(0, 10));
        }
        return otherwise == null ? null : otherwise.atZone(zone).toLocalDate();
    }

    // What it is coded from -------------------------------------------------------------------------------------------

    static List<Source> sources(List<EntryView> visit, ZoneId zone) {
        List<Source> sources = new ArrayList<>();
        Map<EntryType, List<EntryView>> data = new EnumMap<>(EntryType.class);
        for (EntryView entry : visit) {
            if (entry.content() instanceof Content.Note note && !note.text().isBlank()) {
                sources.add(note(entry, note, zone));
            } else if (entry.type() != EntryType.NOTE) {
                data.computeIfAbsent(entry.type(), type -> new ArrayList<>()).add(entry);
            }
        }
        data.forEach((type, all) -> {
            List<EntryView> entries = few(all);
            EntryView first = entries.get(0);
            sources.add(new Source(
                    first.id(),
                    first.inForce(),
                    entries.size() == all.size()
                            ? plural(type)
                            : plural(type) + ": " + entries.size() + " of " + all.size()
                                    + ", what is out of range and what is newest",
                    "",
                    first.event(),
                    "",
                    false,
                    entries.stream()
                            .map(entry -> new Sentence(key(entry, 0), line(entry), true))
                            .toList()));
        });
        return sources;
    }

    /** Of the thousands of values of a long stay as many as can be read, in their order; all others are in the chart. */
    private static List<EntryView> few(List<EntryView> all) {
        if (all.size() <= MOST_LINES) {
            return all;
        }
        Set<EntryId> chosen = all.stream()
                .sorted(Comparator.comparing(CaseFacts::usual)
                        .thenComparing(EntryView::event, Comparator.reverseOrder()))
                .limit(MOST_LINES)
                .map(EntryView::id)
                .collect(Collectors.toSet());
        return all.stream().filter(entry -> chosen.contains(entry.id())).toList();
    }

    private static boolean usual(EntryView entry) {
        return !(entry.content() instanceof Content.Observation observation)
                || observation.interpretation() == null
                || observation.interpretation().equals("N");
    }

    private static Source note(EntryView entry, Content.Note note, ZoneId zone) {
        List<Sentence> sentences = new ArrayList<>();
        List<Sentences.Piece> pieces = Sentences.of(note.text());
        for (int i = 0; i < pieces.size(); i++) {
            sentences.add(new Sentence(
                    key(entry, i), pieces.get(i).text(), pieces.get(i).first()));
        }
        return new Source(
                entry.id(),
                entry.inForce(),
                label(entry, zone),
                entry.statedBy(),
                entry.event(),
                signed(entry) ? entry.signature() : note.status() + ", " + entry.signature(),
                true,
                sentences);
    }

    /** "Progress note, 3 Oct 2026". */
    static String label(EntryView entry, ZoneId zone) {
        return entry.content().title() + ", "
                + entry.event().atZone(zone).toLocalDate().format(DAY);
    }

    static String key(EntryView entry, int number) {
        return entry.id() + ":" + entry.inForce() + ":" + number;
    }

    /** The words behind a key; empty where the entry has moved on or has no such sentence. */
    static Optional<String> quote(EntryView entry, int version, int number) {
        if (entry.inForce() != version || entry.retracted()) {
            return Optional.empty();
        }
        if (entry.content() instanceof Content.Note note) {
            List<Sentences.Piece> pieces = Sentences.of(note.text());
            return number < pieces.size() ? Optional.of(pieces.get(number).text()) : Optional.empty();
        }
        return number == 0 ? Optional.of(line(entry)) : Optional.empty();
    }

    private static String plural(EntryType type) {
        return switch (type) {
            case VISIT_DIAGNOSIS -> "Diagnoses as the clinician stated them";
            case CONDITION -> "Problems of this visit";
            case ALLERGY -> "Allergies of this visit";
            case MEDICATION_ORDER -> "Drugs ordered";
            case MEDICATION_STATEMENT -> "Drugs reported";
            case MEDICATION_ADMINISTRATION -> "Drugs given";
            case ORDER -> "Orders";
            case OBSERVATION -> "Values";
            case DIAGNOSTIC_REPORT -> "Reports";
            case PROCEDURE -> "Procedures done";
            case IMMUNIZATION -> "Immunizations";
            case DOCUMENT -> "Documents";
            case CARE_PLAN_ITEM -> "Care plan";
            case NOTE -> "Notes";
        };
    }

    /** An entry in one line. */
    private static String line(EntryView entry) {
        String title = entry.content().title();
        return switch (entry.content()) {
            case Content.Observation observation -> title + ": " + value(observation);
            case Content.MedicationOrder order ->
                title
                        + (order.dosage() == null ? "" : ", " + order.dosage().text())
                        + (order.indication() == null ? "" : ", for " + order.indication());
            case Content.MedicationStatement statement ->
                title
                        + (statement.dosage() == null
                                ? ""
                                : ", " + statement.dosage().text());
            case Content.MedicationAdministration given ->
                title + (given.dosage() == null ? "" : ", " + given.dosage().text());
            case Content.Condition condition -> {
                String code = condition.code().code(Concept.ICD10CM);
                yield title + (code == null ? "" : " (" + code + " by the clinician)");
            }
            case Content.DiagnosticReport report -> title + (report.text() == null ? "" : ": " + report.text());
            case Content.Procedure procedure ->
                title + (procedure.bodySite() == null ? "" : ", " + procedure.bodySite());
            default -> title;
        };
    }

    private static String value(Content.Observation observation) {
        String parts = observation.components().stream()
                .filter(part -> part.value() != null)
                .map(part -> part.value().number() == null
                        ? part.value().display()
                        : String.valueOf(part.value().number()))
                .collect(Collectors.joining("/"));
        String value = observation.value() == null ? parts : observation.value().display();
        String mark = observation.interpretation();
        return value + (mark == null || mark.equals("N") ? "" : " (" + mark + ")");
    }
}
