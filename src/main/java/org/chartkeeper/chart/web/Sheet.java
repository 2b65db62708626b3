package org.chartkeeper.chart.web;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.Sig;
import org.chartkeeper.chart.Way;
import org.chartkeeper.chart.note.Origins;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.TypedDate;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.terminology.Units;
import org.jspecify.annotations.Nullable;

/**
 * What an entry says as fields that a person can type into, and back. A field that is left as it was keeps exactly what
 * stood, with codes and precision that no field shows.
 */
final class Sheet {

    private static final Pattern REACTION = Pattern.compile("(.+?)\\s*\\((mild|moderate|severe)\\)");
    private static final Pattern NUMBER = Pattern.compile("[<>]?=?-?\\d+(\\.\\d+)?");
    private static final Pattern WHOLE = Pattern.compile("\\d{1,4}");

    private static final List<String> CLINICAL =
            List.of("active", "recurrence", "relapse", "inactive", "remission", "resolved");
    private static final List<String> VERIFICATION =
            List.of("unconfirmed", "provisional", "differential", "confirmed", "refuted");
    private static final List<String> DONE = List.of("completed", "not-done", "stopped", "in-progress", "unknown");

    private final CodeLookup codes;
    private final Units units;
    private final ZoneId zone;
    private final LocalDate today;

    Sheet(CodeLookup codes, Units units, Words words) {
        this.codes = codes;
        this.units = units;
        this.zone = words.zone();
        this.today = words.today();
    }

    /**
     * A field.
     *
     * @param name of the form's value
     * @param kind line, area or choice
     * @param value as it stands
     * @param options of a choice; the first is empty where it may be left open
     */
    record Part(
            String name,
            String label,
            String kind,
            String value,
            List<ReviewController.Option> options,
            @Nullable String hint) {

        /** How the form binds it. */
        public String field() {
            return "values[" + name + "]";
        }
    }

    /** Something wrong with a field. */
    record Wrong(String name, String message) {}

    /** The fields of a content that a way may change, as they stand. */
    List<Part> parts(Content content, Way way) {
        Reading reading = new Reading();
        read(content, reading, way == Way.UPDATE);
        return List.copyOf(reading.parts);
    }

    /** The values of all fields by name. */
    Map<String, String> values(Content content, Way way) {
        return parts(content, way).stream()
                .collect(Collectors.toMap(Part::name, Part::value, (one, other) -> one, LinkedHashMap::new));
    }

    /** The content with what was typed; what is wrong is added to the list, and the content is then of no use. */
    Content apply(Content was, Map<String, String> typed, Way way, List<Wrong> wrong) {
        return write(was, new Writing(values(was, way), typed, wrong));
    }

    // ---- to fields --------------------------------------------------------------------------------------------

    private final class Reading {
        final List<Part> parts = new ArrayList<>();

        Reading line(String name, String label, @Nullable Object value) {
            return line(name, label, value, null);
        }

        Reading line(String name, String label, @Nullable Object value, @Nullable String hint) {
            parts.add(new Part(name, label, "line", value == null ? "" : value.toString(), List.of(), hint));
            return this;
        }

        Reading date(String name, String label, @Nullable String iso) {
            return line(
                    name, label, iso == null ? null : Dates.words(iso, zone), "m/d/yyyy, or a month or a year alone");
        }

        Reading area(String name, String label, @Nullable String value) {
            parts.add(new Part(name, label, "area", value == null ? "" : value, List.of(), null));
            return this;
        }

        Reading choice(String name, String label, @Nullable String value, List<String> words, boolean open) {
            List<ReviewController.Option> options = new ArrayList<>();
            if (open) {
                options.add(new ReviewController.Option("", "not said"));
            }
            // What a source said in a word of its own stays choosable.
            if (value != null && !value.isEmpty() && !words.contains(value)) {
                options.add(new ReviewController.Option(value, Words.spaced(value)));
            }
            words.forEach(word -> options.add(new ReviewController.Option(word, Words.spaced(word))));
            parts.add(new Part(name, label, "choice", value == null ? "" : value, options, null));
            return this;
        }

        Reading concept(String label, Concept concept) {
            Concept.Coding first = concept.first();
            line("words", label, concept.text());
            return line("code", "Code", first == null ? null : first.code(), first == null ? null : system(first));
        }

        Reading dosage(Content.@Nullable Dosage it) {
            return line("sig", "Directions", it == null ? null : it.text())
                    .line("dose", "Dose", it == null ? null : it.dose())
                    .line("doseUnit", "Dose unit", it == null ? null : it.doseUnit())
                    .line("route", "Route", it == null ? null : it.route())
                    .line("timing", "Timing", it == null ? null : it.timing())
                    .choice(
                            "asNeeded",
                            "As needed",
                            it != null && it.asNeeded() ? "yes" : "no",
                            List.of("no", "yes"),
                            false)
                    .line("asNeededReason", "As needed for", it == null ? null : it.asNeededReason())
                    .line("duration", "Duration", it == null ? null : it.duration(), "such as 5 d or 2 wk");
        }
    }

    private static String system(Concept.Coding coding) {
        return switch (coding.system()) {
            case Concept.ICD10CM -> "ICD-10-CM";
            case Concept.RXNORM -> "RxNorm";
            case Concept.SNOMED -> "SNOMED CT";
            case Concept.LOINC -> "LOINC";
            case Concept.CVX -> "CVX";
            default -> coding.system();
        };
    }

    private void read(Content content, Reading to, boolean update) {
        switch (content) {
            case Content.Condition it -> {
                if (!update) {
                    to.concept(it.visitDiagnosis() ? "Diagnosis" : "Problem", it.code());
                }
                if (!it.visitDiagnosis()) {
                    to.choice("clinical", "Clinical status", it.clinicalStatus(), CLINICAL, false);
                }
                to.choice("verification", "Verification", it.verificationStatus(), VERIFICATION, false)
                        .choice("severity", "Severity", it.severity(), List.of("mild", "moderate", "severe"), true);
                if (!update) {
                    to.date("onset", "Onset", it.onset());
                }
                to.date("until", "Ended", it.abatement());
                if (it.visitDiagnosis()) {
                    to.line("rank", "Rank", it.rank(), "1 for the first-listed");
                }
                to.area("note", "Note", it.note());
            }
            case Content.Allergy it -> {
                if (!update) {
                    to.concept("Allergic to", it.substance())
                            .choice("kind", "Kind", it.kind(), List.of("allergy", "intolerance", "none-known"), false)
                            .choice(
                                    "category",
                                    "Category",
                                    it.category(),
                                    List.of("medication", "food", "environment", "biologic"),
                                    true);
                }
                to.choice(
                                "clinical",
                                "Clinical status",
                                it.clinicalStatus(),
                                List.of("active", "inactive", "resolved"),
                                false)
                        .choice(
                                "verification",
                                "Verification",
                                it.verificationStatus(),
                                List.of("unconfirmed", "confirmed", "refuted"),
                                false)
                        .choice(
                                "criticality",
                                "Criticality",
                                it.criticality(),
                                List.of("low", "high", "unable-to-assess"),
                                true)
                        .line(
                                "reactions",
                                "Reactions",
                                reactions(it.reactions()),
                                "with commas between; severity in brackets: hives (severe), nausea");
                if (!update) {
                    to.date("onset", "Since", it.onset());
                }
                to.area("note", "Note", it.note());
            }
            case Content.MedicationOrder it -> {
                if (!update) {
                    to.concept("Drug", it.medication());
                }
                to.choice(
                        "status",
                        "Status",
                        it.status(),
                        List.of("active", "on-hold", "stopped", "completed", "cancelled"),
                        false);
                if (!update) {
                    to.dosage(it.dosage())
                            .line("quantity", "Quantity", it.quantity())
                            .line("refills", "Refills", it.refills())
                            .line("days", "Days’ supply", it.daysSupply())
                            .line("indication", "For", it.indication())
                            .date("from", "Start", it.start());
                }
                to.date("until", "End", it.end())
                        .choice(
                                "stopReason",
                                "Stop reason",
                                it.stopReason(),
                                List.of("completed", "adverse-reaction", "ineffective", "patient-stopped", "duplicate"),
                                true)
                        .area("note", "Note", it.note());
            }
            case Content.MedicationStatement it -> {
                if (!update) {
                    to.concept("Drug", it.medication());
                }
                to.choice(
                                "status",
                                "Status",
                                it.status(),
                                List.of("active", "stopped", "completed", "not-taken", "unknown"),
                                false)
                        .dosage(it.dosage())
                        .date("from", "Start", it.start())
                        .date("until", "End", it.end())
                        .area("note", "Note", it.note());
            }
            case Content.MedicationAdministration it ->
                to.concept("Drug", it.medication())
                        .choice("status", "Status", it.status(), DONE, false)
                        .dosage(it.dosage())
                        .line("reason", "Reason", it.reason())
                        .area("note", "Note", it.note());
            case Content.Order it -> {
                if (!update) {
                    to.concept("Order", it.code());
                }
                to.choice("status", "Status", it.status(), List.of("active", "on-hold", "completed", "revoked"), false);
                if (!update) {
                    to.choice("how", "Given", it.how(), List.of("written", "verbal", "telephone", "protocol"), false)
                            .line("givenBy", "Given by", it.givenBy())
                            .line("takenBy", "Taken by", it.takenBy())
                            .choice(
                                    "readBack",
                                    "Read back",
                                    it.readBack() == null ? null : it.readBack() ? "yes" : "no",
                                    List.of("yes", "no"),
                                    true);
                }
                to.date("due", "Due", it.due()).area("note", "Note", it.note());
            }
            case Content.Observation it -> {
                to.concept("Observation", it.code());
                Content.Value value = it.value();
                if (value != null) {
                    value(to, "value", "Value", value);
                }
                for (int i = 0; i < it.components().size(); i++) {
                    Content.Component part = it.components().get(i);
                    if (part.value() != null) {
                        value(to, "part" + i, part.code().text(), part.value());
                    }
                }
                to.choice("flag", "Interpretation", it.interpretation(), List.of("H", "L", "HH", "LL", "A", "N"), true)
                        .choice(
                                "status",
                                "Status",
                                it.status(),
                                List.of("preliminary", "final", "amended", "corrected", "cancelled"),
                                false)
                        .line("range", "Reference range", it.referenceRange())
                        .line("performer", "Performed by", it.performer())
                        .line("circumstance", "Circumstance", it.circumstance())
                        .area("note", "Note", it.note());
            }
            case Content.DiagnosticReport it ->
                to.concept("Report", it.code())
                        .choice(
                                "status",
                                "Status",
                                it.status(),
                                List.of("preliminary", "final", "amended", "corrected", "cancelled"),
                                false)
                        .line("performer", "Performed by", it.performer())
                        .line("orderedBy", "Ordered by", it.orderedBy())
                        .area("text", "Text", it.text());
            case Content.Procedure it ->
                to.concept("Procedure", it.code())
                        .choice("status", "Status", it.status(), DONE, false)
                        .date("from", "From", it.performedFrom())
                        .date("until", "Until", it.performedUntil())
                        .line("performer", "Performed by", it.performer())
                        .line("site", "Body site and side", it.bodySite())
                        .line("reason", "Reason", it.reason())
                        .line("outcome", "Outcome", it.outcome())
                        .area("note", "Note", it.note());
            case Content.Immunization it ->
                to.concept("Vaccine", it.vaccine())
                        .choice("status", "Status", it.status(), List.of("completed", "not-done"), false)
                        .choice(
                                "historical",
                                "Source",
                                it.historical() ? "historical" : "given here",
                                List.of("given here", "historical"),
                                false)
                        .line("lot", "Lot", it.lot())
                        .line("maker", "Manufacturer", it.manufacturer())
                        .date("expires", "Expires", it.expires())
                        .line("site", "Site", it.site())
                        .line("route", "Route", it.route())
                        .line("dose", "Dose", it.dose())
                        .line("number", "Dose number", it.doseNumber())
                        .line("reason", "Reason not given", it.reasonNotDone())
                        .area("note", "Note", it.note());
            case Content.Note it ->
                to.line("words", "Title", it.heading().text()).area("text", "Text", it.text());
            case Content.Document it ->
                to.line("kind", "Document type", it.kind().text())
                        .line("words", "Title", it.name())
                        .date("serviceDate", "Service date", it.serviceDate())
                        .line("author", "Author", it.author())
                        .line("origin", "Origin", it.origin())
                        .area("note", "Note", it.note());
            case Content.CarePlanItem it -> {
                if (!update) {
                    to.concept("Plan", it.code());
                }
                to.line("status", "Status", it.status())
                        .date("from", "From", it.from())
                        .date("until", "Until", it.until())
                        .area("activities", "Activities, one a line", String.join("\n", it.activities()))
                        .area("note", "Note", it.note());
            }
        }
    }

    private static void value(Reading to, String name, String label, Content.Value value) {
        if (value.number() == null) {
            to.line(name, label, value.text());
        } else {
            to.line(name, label, value.number()).line(name + "Unit", label + ": unit", value.unit());
        }
    }

    private static String reactions(List<Content.Reaction> reactions) {
        return reactions.stream()
                .map(it -> it.severity() == null ? it.manifestation() : it.manifestation() + " (" + it.severity() + ")")
                .collect(Collectors.joining(", "));
    }

    // ---- and back ---------------------------------------------------------------------------------------------

    private final class Writing {
        private final Map<String, String> were;
        private final Map<String, String> typed;
        private final List<Wrong> wrong;

        Writing(Map<String, String> were, Map<String, String> typed, List<Wrong> wrong) {
            this.were = were;
            this.typed = typed;
            this.wrong = wrong;
        }

        boolean same(String name) {
            String now = typed.get(name);
            return now == null || plain(now).equals(plain(were.getOrDefault(name, "")));
        }

        private String now(String name) {
            return plain(typed.getOrDefault(name, ""));
        }

        private static String plain(String text) {
            return text.replace("\r\n", "\n").strip();
        }

        @Nullable
        String text(String name, @Nullable String was) {
            return same(name) ? was : now(name).isEmpty() ? null : now(name);
        }

        String needed(String name, String was, String message) {
            if (same(name)) {
                return was;
            }
            if (now(name).isEmpty()) {
                wrong.add(new Wrong(name, message));
            }
            return now(name);
        }

        @Nullable
        String date(String name, @Nullable String was) {
            if (same(name)) {
                return was;
            }
            if (now(name).isEmpty()) {
                return null;
            }
            Optional<PartialDate> read = TypedDate.near(now(name), today);
            if (read.isEmpty()) {
                wrong.add(new Wrong(name, "“" + now(name) + "” is no date"));
                return was;
            }
            return read.get().toString();
        }

        @Nullable
        Integer whole(String name, @Nullable Integer was) {
            if (same(name)) {
                return was;
            }
            if (now(name).isEmpty()) {
                return null;
            }
            if (!WHOLE.matcher(now(name)).matches()) {
                wrong.add(new Wrong(name, "Enter a whole number"));
                return was;
            }
            return Integer.valueOf(now(name));
        }

        /** A changed code is looked up; codes of other systems said the former and go with it. */
        Concept concept(Concept was) {
            String text = needed("words", was.text(), "Say what it is");
            if (same("code")) {
                return same("words") ? was : new Concept(text, was.codings());
            }
            if (now("code").isEmpty()) {
                return Concept.of(text);
            }
            Concept.Coding first = was.first();
            CodeSystem known = first == null ? null : lookedUp(first.system());
            if (known == null) {
                if (first == null) {
                    wrong.add(new Wrong("code", "What stands has no code. Say it in words"));
                    return was;
                }
                return new Concept(text, List.of(new Concept.Coding(first.system(), now("code"), null)));
            }
            return codes.find(known, now("code"))
                    .map(code -> new Concept(
                            same("words") ? code.display() : text,
                            List.of(new Concept.Coding(known.uri(), code.code(), code.display()))))
                    .orElseGet(() -> {
                        wrong.add(new Wrong("code", "“" + now("code") + "” is not among the codes that are loaded"));
                        return was;
                    });
        }

        private static @Nullable CodeSystem lookedUp(String system) {
            return switch (system) {
                case Concept.ICD10CM -> CodeSystem.ICD10CM;
                case Concept.RXNORM -> CodeSystem.DRUG;
                case Concept.CVX -> CodeSystem.VACCINE;
                default -> null;
            };
        }

        /** A drug is not stopped without saying why, and what runs has no reason to have stopped. */
        void ended(String was) {
            boolean ends = List.of("stopped", "cancelled").contains(same("status") ? was : now("status"));
            if (ends && !same("status") && now("stopReason").isEmpty()) {
                wrong.add(new Wrong("stopReason", "Choose why it was stopped"));
            } else if (List.of("active", "on-hold").contains(now("status"))
                    && !now("stopReason").isEmpty()) {
                wrong.add(new Wrong("stopReason", "It goes on: leave the reason open, or choose another status"));
            }
        }

        Content.@Nullable Dosage dosage(Content.@Nullable Dosage was) {
            List<String> names =
                    List.of("sig", "dose", "doseUnit", "route", "timing", "asNeeded", "asNeededReason", "duration");
            if (names.stream().allMatch(this::same)) {
                return was;
            }
            Content.Dosage from = was == null ? new Content.Dosage("", null, null, null, null, false, null) : was;
            String dose = text("dose", from.dose());
            if (dose != null && !same("dose") && !NUMBER.matcher(dose).matches()) {
                wrong.add(new Wrong("dose", "Enter the dose as a number; its unit has a field of its own"));
            }
            String duration = text("duration", from.duration());
            if (duration != null && !same("duration") && !Sig.isDuration(duration)) {
                wrong.add(new Wrong("duration", "Enter a number and d, wk, mo or h: 5 d"));
            }
            // Directions that were left as they were would go on saying the former dose.
            boolean terms = !same("dose") || !same("doseUnit") || !same("route") || !same("timing");
            if (terms && same("sig") && !from.text().isBlank()) {
                wrong.add(new Wrong("sig", "The directions still say the former. Change them too"));
            }
            return new Content.Dosage(
                    Objects.requireNonNullElse(text("sig", from.text()), ""),
                    dose,
                    text("doseUnit", from.doseUnit()),
                    text("route", from.route()),
                    text("timing", from.timing()),
                    same("asNeeded") ? from.asNeeded() : now("asNeeded").equals("yes"),
                    text("asNeededReason", from.asNeededReason()),
                    duration);
        }

        Content.@Nullable Value value(String name, Content.@Nullable Value was) {
            if (was == null || same(name) && same(name + "Unit")) {
                return was;
            }
            if (was.number() == null) {
                return new Content.Value(null, null, null, needed(name, "", "Enter the value"), null);
            }
            String number = needed(name, was.number(), "Enter the value");
            if (!number.isEmpty() && !NUMBER.matcher(number).matches()) {
                wrong.add(new Wrong(name, "Enter a number; the unit has a field of its own"));
            }
            String unit = text(name + "Unit", was.unit());
            String ucum = same(name + "Unit") ? was.ucum() : unit == null ? null : units.ucum(unit);
            return new Content.Value(number, unit, ucum, null, null);
        }

        List<Content.Reaction> reactions(List<Content.Reaction> was) {
            if (same("reactions")) {
                return was;
            }
            List<Content.Reaction> reactions = new ArrayList<>();
            for (String one : now("reactions").split(",")) {
                Matcher severe = REACTION.matcher(one.strip());
                if (severe.matches()) {
                    reactions.add(new Content.Reaction(severe.group(1), severe.group(2)));
                } else if (!one.isBlank()) {
                    reactions.add(new Content.Reaction(one.strip(), null));
                }
            }
            return reactions;
        }

        @Nullable
        Boolean yes(String name, @Nullable Boolean was) {
            return same(name)
                    ? was
                    : now(name).isEmpty() ? null : (Boolean) now(name).equals("yes");
        }
    }

    private static Content write(Content was, Writing in) {
        return switch (was) {
            case Content.Condition it ->
                new Content.Condition(
                        it.visitDiagnosis(),
                        in.concept(it.code()),
                        in.needed("clinical", it.clinicalStatus(), "Choose a status"),
                        in.needed("verification", it.verificationStatus(), "Choose how sure it is"),
                        in.text("severity", it.severity()),
                        in.date("onset", it.onset()),
                        in.date("until", it.abatement()),
                        in.whole("rank", it.rank()),
                        in.text("note", it.note()));
            case Content.Allergy it ->
                new Content.Allergy(
                        in.needed("kind", it.kind(), "Choose a kind"),
                        in.text("category", it.category()),
                        in.concept(it.substance()),
                        in.needed("clinical", it.clinicalStatus(), "Choose a status"),
                        in.needed("verification", it.verificationStatus(), "Choose how sure it is"),
                        in.text("criticality", it.criticality()),
                        in.reactions(it.reactions()),
                        in.date("onset", it.onset()),
                        in.text("note", it.note()));
            case Content.MedicationOrder it -> {
                in.ended(it.status());
                yield new Content.MedicationOrder(
                        in.concept(it.medication()),
                        in.needed("status", it.status(), "Choose a status"),
                        in.dosage(it.dosage()),
                        in.text("quantity", it.quantity()),
                        in.whole("refills", it.refills()),
                        in.whole("days", it.daysSupply()),
                        in.text("indication", it.indication()),
                        in.same("indication") ? it.indicationOf() : null,
                        it.authored(),
                        in.date("from", it.start()),
                        in.date("until", it.end()),
                        in.text("stopReason", it.stopReason()),
                        it.replaces(),
                        it.prescriber(),
                        in.text("note", it.note()));
            }
            case Content.MedicationStatement it ->
                new Content.MedicationStatement(
                        in.concept(it.medication()),
                        in.needed("status", it.status(), "Choose a status"),
                        in.dosage(it.dosage()),
                        in.date("from", it.start()),
                        in.date("until", it.end()),
                        in.text("note", it.note()));
            case Content.MedicationAdministration it ->
                new Content.MedicationAdministration(
                        in.concept(it.medication()),
                        in.needed("status", it.status(), "Choose a status"),
                        in.dosage(it.dosage()),
                        in.text("reason", it.reason()),
                        in.text("note", it.note()));
            case Content.Order it ->
                new Content.Order(
                        it.kind(),
                        in.concept(it.code()),
                        in.needed("status", it.status(), "Choose a status"),
                        in.needed("how", it.how(), "Choose how it was given"),
                        in.text("givenBy", it.givenBy()),
                        in.text("takenBy", it.takenBy()),
                        in.yes("readBack", it.readBack()),
                        it.orderedAt(),
                        in.date("due", it.due()),
                        in.text("note", it.note()));
            case Content.Observation it -> {
                List<Content.Component> components = new ArrayList<>();
                for (int i = 0; i < it.components().size(); i++) {
                    Content.Component part = it.components().get(i);
                    components.add(new Content.Component(
                            part.code(), in.value("part" + i, part.value()), part.interpretation()));
                }
                yield new Content.Observation(
                        it.category(),
                        in.concept(it.code()),
                        in.value("value", it.value()),
                        components,
                        in.needed("status", it.status(), "Choose a status"),
                        in.text("flag", it.interpretation()),
                        in.text("range", it.referenceRange()),
                        in.text("performer", it.performer()),
                        it.specimen(),
                        it.collected(),
                        it.resulted(),
                        in.text("circumstance", it.circumstance()),
                        it.absentReason(),
                        in.text("note", it.note()));
            }
            case Content.DiagnosticReport it ->
                new Content.DiagnosticReport(
                        in.concept(it.code()),
                        in.needed("status", it.status(), "Choose a status"),
                        it.category(),
                        in.text("orderedBy", it.orderedBy()),
                        in.text("performer", it.performer()),
                        it.issued(),
                        in.text("text", it.text()),
                        it.results());
            case Content.Procedure it ->
                new Content.Procedure(
                        in.concept(it.code()),
                        in.needed("status", it.status(), "Choose a status"),
                        in.date("from", it.performedFrom()),
                        in.date("until", it.performedUntil()),
                        in.text("performer", it.performer()),
                        in.text("site", it.bodySite()),
                        in.text("reason", it.reason()),
                        in.text("outcome", it.outcome()),
                        in.text("note", it.note()));
            case Content.Immunization it ->
                new Content.Immunization(
                        in.concept(it.vaccine()),
                        in.needed("status", it.status(), "Choose a status"),
                        in.same("historical")
                                ? it.historical()
                                : in.now("historical").equals("historical"),
                        in.text("lot", it.lot()),
                        in.text("maker", it.manufacturer()),
                        in.date("expires", it.expires()),
                        in.text("site", it.site()),
                        in.text("route", it.route()),
                        in.text("dose", it.dose()),
                        in.text("number", it.doseNumber()),
                        in.text("reason", it.reasonNotDone()),
                        in.text("note", it.note()));
            case Content.Note it ->
                new Content.Note(
                        it.kind(),
                        in.same("words")
                                ? it.heading()
                                : Concept.of(in.needed("words", it.heading().text(), "Enter a title")),
                        it.status(),
                        in.needed("text", it.text(), "Enter the text"),
                        it.addendumTo(),
                        Origins.carried(it, in.same("text") ? it.text() : in.now("text")));
            case Content.Document it ->
                new Content.Document(
                        in.same("kind")
                                ? it.kind()
                                : Concept.of(in.needed("kind", it.kind().text(), "Enter its type")),
                        in.needed("words", it.name(), "Enter a title"),
                        it.mediaType(),
                        it.sha256(),
                        it.size(),
                        in.date("serviceDate", it.serviceDate()),
                        in.text("author", it.author()),
                        in.text("origin", it.origin()),
                        in.text("note", it.note()));
            case Content.CarePlanItem it ->
                new Content.CarePlanItem(
                        it.kind(),
                        in.concept(it.code()),
                        in.needed("status", it.status(), "Say how it stands"),
                        in.date("from", it.from()),
                        in.date("until", it.until()),
                        in.same("activities")
                                ? it.activities()
                                : in.now("activities")
                                        .lines()
                                        .filter(line -> !line.isBlank())
                                        .toList(),
                        in.text("note", it.note()));
        };
    }
}
