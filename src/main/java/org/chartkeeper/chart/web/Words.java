package org.chartkeeper.chart.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.VersionView;
import org.jspecify.annotations.Nullable;

/**
 * Says what entries hold in the words of the pages.
 *
 * @param zone the facility's, for moments inside contents
 * @param today at the facility
 */
record Words(ZoneId zone, LocalDate today) {

    private static final Pattern ISO_DATE =
            Pattern.compile("\\d{4}-\\d{2}(-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})?)?)?");
    private static final Pattern KEBAB = Pattern.compile("[a-z]+(-[a-z]+)+");

    private static final Map<String, String> SYSTEMS = Map.of(
            Concept.SNOMED, "SNOMED CT",
            Concept.LOINC, "LOINC",
            Concept.RXNORM, "RxNorm",
            Concept.CVX, "CVX",
            Concept.ICD10CM, "ICD-10-CM");

    private static final Map<String, String> SENSITIVITIES = Map.of(
            "psychotherapy", "psychotherapy note",
            "sud-counseling", "SUD counseling note",
            "part2", "Part 2 program",
            "mental-health", "mental health",
            "hiv", "HIV",
            "genetic", "genetic",
            "reproductive", "reproductive health",
            "minor-consent", "minor's own consent");

    /** Words of titles of codes that name no further disease. */
    private static final Set<String> MANNER = Set.of(
            "unspecified",
            "other",
            "mellitus",
            "congestive",
            "unilateral",
            "primary",
            "essential",
            "chronic",
            "type",
            "with",
            "without",
            "disease",
            "disorder",
            "finding",
            "situation",
            "organism",
            "complication",
            "complications",
            "elsewhere",
            "classified",
            "encounter");

    private static final Map<String, String> SOURCES = Map.of(
            "dictation", "dictation",
            "note", "note",
            "paper", "paper form",
            "telephone", "telephone",
            "device", "device",
            "import", "import",
            "direct", "direct entry");

    // ---- lines ------------------------------------------------------------------------------------------------

    /** The second line under a title: what a reader must know before opening the entry. Empty where there is nothing. */
    String detail(Content content) {
        return switch (content) {
            case Content.Condition it ->
                join(
                        prefixed("since ", since(it.onset())),
                        prefixed("until ", date(it.abatement())),
                        code(it.code()),
                        it.severity(),
                        it.clinicalStatus().equals("active") ? null : it.clinicalStatus(),
                        it.verificationStatus().equals("confirmed") ? null : it.verificationStatus());
            case Content.Allergy it ->
                join(
                        reactions(it),
                        date(it.onset()),
                        it.criticality() == null ? null : spaced(it.criticality()) + " criticality",
                        it.kind().equals("intolerance") ? "intolerance" : null,
                        it.clinicalStatus().equals("active") ? null : it.clinicalStatus(),
                        it.verificationStatus().equals("confirmed") ? null : it.verificationStatus());
            case Content.MedicationOrder it ->
                join(
                        sig(it.dosage()),
                        it.status().equals("active") ? null : it.status(),
                        it.stopReason() == null ? null : spaced(it.stopReason()));
            case Content.MedicationStatement it ->
                join(sig(it.dosage()), it.status().equals("active") ? null : spaced(it.status()));
            case Content.MedicationAdministration it ->
                join(sig(it.dosage()), it.status().equals("completed") ? null : spaced(it.status()), it.reason());
            case Content.Order it ->
                join(
                        spaced(it.kind()),
                        it.how().equals("written") ? null : it.how() + " order",
                        prefixed("given by ", it.givenBy()),
                        it.readBack() == null ? null : it.readBack() ? "read back" : "not read back",
                        it.status(),
                        prefixed("due ", date(it.due())));
            case Content.Observation it -> join(value(it), range(it), status(it.status()), it.absentReason());
            case Content.DiagnosticReport it ->
                join(it.category() == null ? null : spaced(it.category()), status(it.status()), it.performer());
            case Content.Procedure it ->
                join(
                        it.performer(),
                        it.bodySite(),
                        it.status().equals("completed") ? null : spaced(it.status()),
                        it.reason(),
                        code(it.code()));
            case Content.Immunization it ->
                join(
                        it.dose(),
                        prefixed("dose number ", it.doseNumber()),
                        prefixed("lot ", it.lot()),
                        it.site(),
                        it.route(),
                        it.historical() ? "reported, not given here" : null,
                        it.status().equals("completed") ? null : spaced(it.status()),
                        it.reasonNotDone());
            case Content.Note it ->
                join(
                        spaced(it.kind()),
                        it.status().equals("final") ? null : it.status(),
                        it.addendumTo() == null ? null : "addendum");
            case Content.Document it ->
                join(
                        it.kind().text(),
                        prefixed("service date ", date(it.serviceDate())),
                        it.author(),
                        it.origin(),
                        size(it.size()));
            case Content.CarePlanItem it ->
                join(
                        spaced(it.kind()),
                        spaced(it.status()),
                        prefixed("from ", date(it.from())),
                        prefixed("until ", date(it.until())),
                        it.activities().isEmpty() ? null : String.join(", ", it.activities()));
        };
    }

    /** What a list shows beside the title: the value of an observation, the indication of a drug; empty else. */
    String beside(Content content) {
        return switch (content) {
            case Content.Observation it -> value(it);
            case Content.MedicationOrder it -> it.indication() == null ? "" : it.indication();
            default -> "";
        };
    }

    /** "146/80 mmHg", "157 lb · 71.2 kg", "Never smoker", "Systolic 146 mmHg, Diastolic 80 mmHg". */
    String value(Content.Observation it) {
        List<Content.Component> parts = it.components();
        Content.Value own = it.value();
        if (own == null && parts.size() == 2 && pressure(parts.get(0)) != null && pressure(parts.get(1)) != null) {
            Content.Component first = part(parts, "8480-6", parts.get(0));
            Content.Component second = part(parts, "8462-4", parts.get(1));
            Content.Value upper = first.value();
            Content.Value lower = second.value();
            if (upper != null && lower != null) {
                return upper.number() + "/" + lower.number() + (upper.unit() == null ? "" : " " + unit(upper.unit()));
            }
        }
        List<String> said = new ArrayList<>();
        if (own != null) {
            said.add(value(own));
        }
        for (Content.Component component : parts) {
            Content.Value value = component.value();
            if (value != null) {
                String flag = component.interpretation();
                said.add(component.code().text() + " " + value(value)
                        + (flag == null || flag.equals("N") ? "" : " " + flag));
            }
        }
        return String.join(own == null ? ", " : "; ", said);
    }

    String value(Content.Value value) {
        String shown = value.unit() == null || value.number() == null
                ? value.display()
                : value.number() + " " + unit(value.unit());
        String typed = value.asTyped();
        if (typed == null || typed.isBlank() || squeezed(typed).equals(squeezed(shown)) || value.number() == null) {
            return shown;
        }
        // A number typed without its unit says nothing more than the value; a unit of its own does.
        return typed.chars().anyMatch(Character::isLetter) ? typed + " · " + shown : shown;
    }

    /** "0.5–1.1 mg/dL", empty where none is stated. */
    @Nullable
    String range(Content.Observation it) {
        return it.referenceRange() == null ? null : it.referenceRange().replaceAll("(?<=\\d)\\s*-\\s*(?=\\d)", "–");
    }

    /** H, L, HH, LL or A; null for a normal one or where nothing is said. */
    static @Nullable String flag(Content.Observation it) {
        String own = it.interpretation();
        if (own == null) {
            return it.components().stream()
                    .map(Content.Component::interpretation)
                    .filter(flag -> flag != null && !flag.equals("N"))
                    .findFirst()
                    .orElse(null);
        }
        return own.equals("N") ? null : own;
    }

    /** What a flag means, for readers who cannot see it. */
    static String flagWords(String flag) {
        return switch (flag) {
            case "H" -> "high";
            case "L" -> "low";
            case "HH" -> "critically high";
            case "LL" -> "critically low";
            default -> "abnormal";
        };
    }

    /**
     * The problem's own code; with its title where that says something else than the clinician's words. Of several the
     * one of ICD-10-CM, which a records department reads.
     */
    @Nullable
    String code(Concept concept) {
        Concept.Coding chosen = concept.codings().stream()
                .filter(coding -> coding.system().equals(Concept.ICD10CM))
                .findFirst()
                .orElse(concept.first());
        if (chosen == null) {
            return null;
        }
        String title = chosen.display();
        boolean says = title != null && saysMore(title, concept.text());
        String system = chosen.system().equals(Concept.ICD10CM) ? "" : system(chosen.system()) + " ";
        return system + chosen.code() + (says ? " " + title : "");
    }

    /** Whether a code's title says something that the clinician's words do not: a disease more, not a manner of speaking. */
    private static boolean saysMore(String title, String words) {
        String said = words.toLowerCase(Locale.US);
        return Stream.of(title.toLowerCase(Locale.US).split("[^a-z0-9]+"))
                .filter(word -> word.length() > 3 && !MANNER.contains(word))
                .anyMatch(word -> !said.contains(word.substring(0, Math.min(6, word.length()))));
    }

    String reactions(Content.Allergy it) {
        return it.reactions().stream()
                .map(reaction -> reaction.severity() == null
                        ? reaction.manifestation()
                        : reaction.manifestation() + " (" + reaction.severity() + ")")
                .collect(Collectors.joining(", "));
    }

    /** Whether its reaction may kill: high criticality or a severe reaction. */
    static boolean severe(Content.Allergy it) {
        return "high".equals(it.criticality())
                || it.reactions().stream().anyMatch(reaction -> "severe".equals(reaction.severity()));
    }

    @Nullable
    String sig(Content.@Nullable Dosage dosage) {
        if (dosage == null) {
            return null;
        }
        if (!dosage.text().isBlank()) {
            return dosage.text();
        }
        String dose = dosage.dose() == null
                ? null
                : dosage.dose() + (dosage.doseUnit() == null ? "" : " " + dosage.doseUnit());
        String line = Stream.of(dose, dosage.route(), dosage.timing(), dosage.asNeeded() ? "as needed" : null)
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" "));
        return line.isEmpty() ? null : line;
    }

    /** "stated by Dr. A. Okafor (dictation) · entered by D. Reyes". */
    String provenance(EntryView entry) {
        String stated = "stated by " + entry.statedBy() + " (" + source(entry.sourceKind()) + ")";
        return entry.enteredBy().equals(entry.statedBy()) ? stated : stated + " · entered by " + entry.enteredBy();
    }

    String source(String kind) {
        return SOURCES.getOrDefault(kind, spaced(kind));
    }

    static String sensitivity(String label) {
        return SENSITIVITIES.getOrDefault(label, spaced(label));
    }

    /** Date of the event with its precision. */
    String when(EntryView entry) {
        return Dates.event(entry.event(), entry.eventPrecision(), zone);
    }

    /** The civil date of the event alone, for lists. */
    String day(EntryView entry) {
        return entry.eventPrecision().equals("year") || entry.eventPrecision().equals("month")
                ? when(entry)
                : Dates.day(entry.event(), zone);
    }

    String nearDay(Instant at) {
        return Dates.nearDay(at, zone, today);
    }

    String moment(Instant at) {
        return Dates.moment(at, zone);
    }

    // ---- marks ------------------------------------------------------------------------------------------------

    /** Marks of exceptions only: what is signed and ordinary carries none. */
    List<Tag> tags(EntryView entry) {
        List<Tag> tags = new ArrayList<>();
        if (entry.retracted()) {
            tags.add(new Tag("✕ Entered in error", "stop"));
        }
        String pending = entry.pendingKind();
        if (pending != null) {
            boolean corrects = pending.equals("change") && entry.lastKind().equals("correction");
            tags.add(new Tag(corrects ? "✎ Correction proposed" : pendingWords(pending, entry), "warn"));
        } else {
            switch (entry.signature()) {
                case "unsigned" -> tags.add(new Tag("Unsigned", "warn"));
                case "co-signature due" -> tags.add(new Tag("Co-signature due", "warn"));
                default -> {}
            }
        }
        if (entry.signature().equals("broken")) {
            tags.add(new Tag("⚠ Signature broken", "stop"));
        }
        if (entry.signature().equals("returned")) {
            tags.add(new Tag("↩ Returned", "warn"));
        }
        switch (entry.lastKind().toLowerCase(Locale.ROOT).replace('_', '-')) {
            case "correction" -> {
                if (pending == null && entry.inForce() == entry.version()) {
                    tags.add(new Tag("✎ Corrected", "note"));
                }
            }
            case "late-entry" -> tags.add(new Tag("Late entry", "note"));
            default -> {}
        }
        if (entry.status().equals("replaced")) {
            tags.add(new Tag("Replaced", ""));
        }
        for (String label : entry.sensitivity().split(" ")) {
            if (!label.isEmpty()) {
                tags.add(new Tag(sensitivity(label), "note"));
            }
        }
        return tags;
    }

    /** What waits for a signature beside the state in force. */
    String pendingWords(String kind, EntryView entry) {
        return switch (kind) {
            case "stop" -> "■ Stop pending signature";
            case "resolve" -> "Resolved: pending signature";
            case "refute" -> "Refuted: pending signature";
            case "retract" -> "Entered in error: pending signature";
            default -> entry.inForce() == 0 ? "Replacement pending signature" : "↷ Change pending signature";
        };
    }

    /** What a pending change makes of an entry; null where none is pending or it only ends. */
    @Nullable
    String becomes(EntryView entry) {
        Content pending = entry.pending();
        boolean ends = pending instanceof Content.MedicationOrder order
                && order.status().equals("replaced");
        return pending == null || ends || !"change".equals(entry.pendingKind()) ? null : line(pending);
    }

    /** Title and second line as one. */
    String line(Content content) {
        String detail = detail(content);
        return detail.isEmpty() ? content.title() : content.title() + " · " + detail;
    }

    /** A field's value as differences have it, in the words of the pages: dates are dates, codes of ours are words. */
    @Nullable
    String tidy(@Nullable String value) {
        if (value == null) {
            return null;
        }
        if (ISO_DATE.matcher(value).matches()) {
            return Dates.words(value, zone);
        }
        return KEBAB.matcher(value).matches() ? spaced(value) : value;
    }

    List<VersionView.Difference> tidy(List<VersionView.Difference> differences) {
        return differences.stream()
                .map(it -> new VersionView.Difference(it.field(), tidy(it.was()), tidy(it.now())))
                .toList();
    }

    // ---- all fields -------------------------------------------------------------------------------------------

    /** Every field of a content with something in it, in reading order. Long texts are left to the page. */
    List<Field> fields(Content content) {
        List<Field> fields = new ArrayList<>();
        switch (content) {
            case Content.Condition it -> {
                codings(fields, it.visitDiagnosis() ? "Diagnosis" : "Problem", it.code());
                add(
                        fields,
                        "Rank",
                        it.rank() == null
                                ? null
                                : it.rank() == 1 ? "1, first-listed" : it.rank().toString());
                add(fields, "Clinical status", it.clinicalStatus());
                add(fields, "Verification", it.verificationStatus());
                add(fields, "Severity", it.severity());
                add(fields, "Onset", date(it.onset()));
                add(fields, "Ended", date(it.abatement()));
                add(fields, "Note", it.note());
            }
            case Content.Allergy it -> {
                codings(fields, it.noneKnown() ? "Assertion" : "Substance", it.substance());
                add(fields, "Kind", spaced(it.kind()));
                add(fields, "Category", it.category());
                add(fields, "Reaction", reactions(it));
                add(fields, "Criticality", it.criticality() == null ? null : spaced(it.criticality()));
                add(fields, "Clinical status", it.clinicalStatus());
                add(fields, "Verification", it.verificationStatus());
                add(fields, "Onset", date(it.onset()));
                add(fields, "Note", it.note());
            }
            case Content.MedicationOrder it -> {
                codings(fields, "Drug", it.medication());
                add(fields, "Status", spaced(it.status()));
                dosage(fields, it.dosage());
                add(fields, "Quantity", it.quantity());
                add(
                        fields,
                        "Refills",
                        it.refills() == null ? null : it.refills().toString());
                add(
                        fields,
                        "Days' supply",
                        it.daysSupply() == null ? null : it.daysSupply().toString());
                add(fields, "Indication", it.indication());
                add(fields, "Prescriber", it.prescriber());
                add(fields, "Written", date(it.authored()));
                add(fields, "Start", date(it.start()));
                add(fields, "End", date(it.end()));
                add(fields, "Stop reason", it.stopReason() == null ? null : spaced(it.stopReason()));
                add(fields, "Note", it.note());
            }
            case Content.MedicationStatement it -> {
                codings(fields, "Drug", it.medication());
                add(fields, "Status", spaced(it.status()));
                dosage(fields, it.dosage());
                add(fields, "Start", date(it.start()));
                add(fields, "End", date(it.end()));
                add(fields, "Note", it.note());
            }
            case Content.MedicationAdministration it -> {
                codings(fields, "Drug", it.medication());
                add(fields, "Status", spaced(it.status()));
                dosage(fields, it.dosage());
                add(fields, "Reason", it.reason());
                add(fields, "Note", it.note());
            }
            case Content.Order it -> {
                codings(fields, "Order", it.code());
                add(fields, "Kind", spaced(it.kind()));
                add(fields, "Status", spaced(it.status()));
                add(fields, "How given", it.how());
                add(fields, "Given by", it.givenBy());
                add(fields, "Taken by", it.takenBy());
                add(fields, "Read back", it.readBack() == null ? null : it.readBack() ? "yes" : "no");
                add(fields, "Ordered", date(it.orderedAt()));
                add(fields, "Due", date(it.due()));
                add(fields, "Note", it.note());
            }
            case Content.Observation it -> {
                codings(fields, "Test", it.code());
                add(fields, "Category", spaced(it.category()));
                Content.Value value = it.value();
                add(fields, "Value", value == null ? null : value(value));
                for (Content.Component part : it.components()) {
                    Content.Value its = part.value();
                    String flag = part.interpretation();
                    add(
                            fields,
                            part.code().text(),
                            its == null ? null : value(its) + (flag == null || flag.equals("N") ? "" : " " + flag));
                }
                String flag = it.interpretation();
                add(fields, "Flag", flag == null || flag.equals("N") ? flag : flag + " (" + flagWords(flag) + ")");
                add(fields, "Reference range", range(it));
                add(fields, "Status", it.status());
                add(fields, "Measured by", it.performer());
                add(fields, "Specimen", it.specimen());
                add(fields, "Collected", date(it.collected()));
                add(fields, "Resulted", date(it.resulted()));
                add(fields, "Circumstance", it.circumstance());
                add(fields, "No value because", it.absentReason());
                add(fields, "Note", it.note());
            }
            case Content.DiagnosticReport it -> {
                codings(fields, "Report", it.code());
                add(fields, "Status", it.status());
                add(fields, "Category", it.category() == null ? null : spaced(it.category()));
                add(fields, "Ordered by", it.orderedBy());
                add(fields, "Performed by", it.performer());
                add(fields, "Issued", date(it.issued()));
                add(
                        fields,
                        "Results",
                        it.results().isEmpty()
                                ? null
                                : Integer.toString(it.results().size()));
            }
            case Content.Procedure it -> {
                codings(fields, "Procedure", it.code());
                add(fields, "Status", spaced(it.status()));
                add(fields, "From", date(it.performedFrom()));
                add(fields, "Until", date(it.performedUntil()));
                add(fields, "Performed by", it.performer());
                add(fields, "Body site", it.bodySite());
                add(fields, "Reason", it.reason());
                add(fields, "Outcome", it.outcome());
                add(fields, "Note", it.note());
            }
            case Content.Immunization it -> {
                codings(fields, "Vaccine", it.vaccine());
                add(fields, "Status", spaced(it.status()));
                add(fields, "Given", it.historical() ? "reported, not given here" : "here");
                add(fields, "Lot", it.lot());
                add(fields, "Manufacturer", it.manufacturer());
                add(fields, "Expires", date(it.expires()));
                add(fields, "Site", it.site());
                add(fields, "Route", it.route());
                add(fields, "Dose", it.dose());
                add(fields, "Dose number", it.doseNumber());
                add(fields, "Reason not done", it.reasonNotDone());
                add(fields, "Note", it.note());
            }
            case Content.Note it -> {
                codings(fields, "Heading", it.heading());
                add(fields, "Kind", spaced(it.kind()));
                add(fields, "Status", it.status());
            }
            case Content.Document it -> {
                add(fields, "Name", it.name());
                codings(fields, "Kind", it.kind());
                add(fields, "Service date", date(it.serviceDate()));
                add(fields, "Author", it.author());
                add(fields, "Origin", it.origin());
                add(fields, "Format", it.mediaType());
                add(fields, "Size", size(it.size()));
                add(fields, "SHA-256", it.sha256());
                add(fields, "Note", it.note());
            }
            case Content.CarePlanItem it -> {
                codings(fields, "Item", it.code());
                add(fields, "Kind", spaced(it.kind()));
                add(fields, "Status", spaced(it.status()));
                add(fields, "From", date(it.from()));
                add(fields, "Until", date(it.until()));
                add(fields, "Activities", String.join("; ", it.activities()));
                add(fields, "Note", it.note());
            }
        }
        return fields;
    }

    /** The long text of a note or report, null where there is none. */
    static @Nullable String text(Content content) {
        return switch (content) {
            case Content.Note it -> it.text();
            case Content.DiagnosticReport it -> it.text();
            default -> null;
        };
    }

    private void dosage(List<Field> fields, Content.@Nullable Dosage dosage) {
        if (dosage == null) {
            return;
        }
        add(fields, "Directions", dosage.text());
        add(
                fields,
                "Dose",
                dosage.dose() == null
                        ? null
                        : dosage.dose() + (dosage.doseUnit() == null ? "" : " " + dosage.doseUnit()));
        add(fields, "Route", dosage.route());
        add(fields, "Timing", dosage.timing());
        add(
                fields,
                "As needed",
                !dosage.asNeeded() ? null : dosage.asNeededReason() == null ? "yes" : dosage.asNeededReason());
    }

    private static void codings(List<Field> fields, String label, Concept concept) {
        add(fields, label, concept.text());
        for (Concept.Coding coding : concept.codings()) {
            String display = coding.display();
            add(fields, system(coding.system()), coding.code() + (display == null ? "" : " · " + display));
        }
    }

    private static void add(List<Field> fields, String label, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            fields.add(new Field(label, value));
        }
    }

    // ---- small change -----------------------------------------------------------------------------------------

    private @Nullable String date(@Nullable String iso) {
        return iso == null || iso.isBlank() ? null : Dates.words(iso, zone);
    }

    /** The year is what a list tells; within the last year the month too. */
    private @Nullable String since(@Nullable String iso) {
        if (iso == null || iso.isBlank()) {
            return null;
        }
        boolean recent = iso.length() >= 7
                && iso.substring(0, 7).compareTo(today.minusYears(1).toString().substring(0, 7)) > 0;
        return iso.length() < 4 ? iso : Dates.words(iso.substring(0, recent ? 7 : 4), zone);
    }

    private static @Nullable String prefixed(String prefix, @Nullable String text) {
        return text == null || text.isBlank() ? null : prefix + text;
    }

    private static @Nullable String status(String status) {
        return status.equals("final") ? null : status;
    }

    private static String join(@Nullable String... parts) {
        return Stream.of(parts).filter(part -> part != null && !part.isBlank()).collect(Collectors.joining(" · "));
    }

    static String spaced(String word) {
        return word.replace('-', ' ').replace('_', ' ');
    }

    private static String squeezed(String text) {
        return text.toLowerCase(Locale.US).replaceAll("[^\\p{L}\\p{N}.%/]", "");
    }

    private static String system(String uri) {
        String known = SYSTEMS.get(uri);
        if (known != null) {
            return known;
        }
        int slash = Math.max(uri.lastIndexOf('/'), uri.lastIndexOf(':'));
        return slash < 0 || slash == uri.length() - 1 ? uri : uri.substring(slash + 1);
    }

    /** UCUM's curly annotations and brackets are for machines: "mm[Hg]" reads mmHg. */
    static String unit(String unit) {
        return switch (unit) {
            case "mm[Hg]" -> "mmHg";
            case "Cel" -> "°C";
            case "[degF]" -> "°F";
            case "[lb_av]" -> "lb";
            case "[in_i]" -> "in";
            case "kg/m2" -> "kg/m²";
            case "mL/min/{1.73_m2}", "mL/min/1.73.m2" -> "mL/min/1.73 m²";
            default -> unit.replaceAll("^\\{(.*)}$", "$1").replaceAll("\\{[^}]*}", "");
        };
    }

    private static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        return bytes < 1024 * 1024
                ? bytes / 1024 + " kB"
                : String.format(Locale.US, "%.1f MB", bytes / 1024.0 / 1024.0);
    }

    private static @Nullable String pressure(Content.Component part) {
        String code = part.code().code(Concept.LOINC);
        return "8480-6".equals(code) || "8462-4".equals(code) ? code : null;
    }

    private static Content.Component part(List<Content.Component> parts, String code, Content.Component otherwise) {
        return parts.stream()
                .filter(part -> code.equals(part.code().code(Concept.LOINC)))
                .findFirst()
                .orElse(otherwise);
    }
}
