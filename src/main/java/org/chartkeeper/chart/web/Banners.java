package org.chartkeeper.chart.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.chartkeeper.access.Access;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.BannerMark;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartSafety;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Draws up patient banners. */
@Component
class Banners {

    /** Allergies that are named although not severe, as long as no more than this stand in the row. */
    private static final int NAMED_ALLERGIES = 3;

    /** Drugs of a probable chart that the banner names. */
    private static final int MOST_DRUGS = 30;

    private final Patients patients;
    private final ChartSafety safety;
    private final ChartReader reader;
    private final Access access;
    private final AuditTrail trail;
    private final ObjectProvider<BannerMark> marks;
    private final Wording wording;
    private final Clock clock;

    Banners(
            Patients patients,
            ChartSafety safety,
            ChartReader reader,
            Access access,
            AuditTrail trail,
            ObjectProvider<BannerMark> marks,
            Wording wording,
            Clock clock) {
        this.patients = patients;
        this.safety = safety;
        this.reader = reader;
        this.access = access;
        this.trail = trail;
        this.marks = marks;
        this.wording = wording;
        this.clock = clock;
    }

    /**
     * The banner of a patient whom the actor may see.
     *
     * @throws NotFound where there is no such patient
     */
    PatientBanner of(Actor actor, PatientId patient) {
        PatientSummary person = patients.find(patient).orElseThrow(() -> new NotFound("patient " + patient));
        boolean chart = actor.may(Permission.CHART_READ);
        ChartSafety.Facts facts = chart ? safety.facts(actor, person.id()) : null;
        Words words = wording.of(actor);
        List<BannerMark.Mark> work = new ArrayList<>();
        if (chart) {
            marks.orderedStream().forEach(source -> work.addAll(source.marks(actor, person.id())));
        }
        if (facts != null && facts.unsigned() > 0) {
            String number = facts.unsigned() > 500 ? "500+" : Integer.toString(facts.unsigned());
            work.add(new BannerMark.Mark(
                    number + " unsigned",
                    "warn",
                    "/patients/" + person.id() + (actor.may(Permission.CHART_SIGN) ? "/review" : "/history")));
        }
        return new PatientBanner(
                person.id(),
                person.family(),
                person.label(),
                known(person),
                born(person, words),
                person.sex(),
                numbers(person, actor),
                person.pcp(),
                facts == null ? null : facts.house(),
                safetyRow(actor, patient, person, facts, words),
                work);
    }

    private List<Tag> safetyRow(
            Actor actor, PatientId asked, PatientSummary person, ChartSafety.@Nullable Facts facts, Words words) {
        List<Tag> row = new ArrayList<>();
        if (person.deceased() != null) {
            String date = person.deceased().length() < 4 || person.deceased().equals("true")
                    ? ""
                    : " " + Dates.words(person.deceased(), words.zone());
            row.add(new Tag("✝ Deceased" + date, "stop"));
        }
        if (person.identityUnknown()) {
            row.add(new Tag("? Identity unknown", "stop"));
        }
        if (person.mergedInto() != null || !person.id().equals(asked)) {
            row.add(new Tag("Merged into this chart", "note"));
        }
        boolean chart = facts != null;
        if (facts != null) {
            row.addAll(allergies(facts, words));
            if (facts.codeStatus() != null) {
                row.add(new Tag(facts.codeStatus(), isFullCode(facts.codeStatus()) ? "" : "stop"));
            }
        }
        if (chart && person.probableChart() != null) {
            row.addAll(probable(actor, person.probableChart(), words));
        }
        for (String mark : person.marks()) {
            // The identity mark has its own place and sign.
            if (!mark.equalsIgnoreCase("identity unknown")) {
                row.add(new Tag(mark, ""));
            }
        }
        for (String other : person.sameNames()) {
            row.add(new Tag("Another " + other, "note"));
        }
        return row;
    }

    /**
     * Allergies, alerts and drugs of the chart that is probably the same person's: whoever treats must know them before the
     * merge. To look at them is to look at that chart, and is recorded so.
     */
    private List<Tag> probable(Actor actor, PatientId probable, Words words) {
        PatientSummary other = patients.find(probable).orElse(null);
        if (other == null || !(access.decideChart(actor, other.id()) instanceof Access.Decision.Granted)) {
            return List.of();
        }
        trail.recordAlone(AuditEvent.done("patient.view").of(other.id()).on("section", "probable chart"));
        ChartSafety.Facts facts = safety.facts(actor, other.id());
        List<Tag> tags = new ArrayList<>();
        tags.add(new Tag(
                "From probable chart "
                        + numbers(other, actor).stream()
                                .findFirst()
                                .map(number -> number.label() + " " + number.value())
                                .orElse(other.label())
                        + ", merge pending:",
                "note"));
        tags.addAll(allergies(facts, words));
        if (facts.codeStatus() != null) {
            tags.add(new Tag(facts.codeStatus(), isFullCode(facts.codeStatus()) ? "" : "stop"));
        }
        reader.entries(
                        actor,
                        other.id(),
                        ChartReader.Filter.of(EntryType.MEDICATION_ORDER, EntryType.MEDICATION_STATEMENT)
                                .active(),
                        null,
                        MOST_DRUGS)
                .items()
                .forEach(drug -> tags.add(new Tag("Takes " + drug.content().title(), "note")));
        return tags;
    }

    /** All severe allergies by name, others as long as there is room and then counted; never silence. */
    static List<Tag> allergies(ChartSafety.Facts facts, Words words) {
        List<EntryView> real = facts.allergies().stream()
                .filter(entry -> entry.content() instanceof Content.Allergy it && !it.noneKnown())
                .sorted(Comparator.comparing(entry -> !Words.severe((Content.Allergy) entry.content())))
                .toList();
        if (real.isEmpty()) {
            return Stream.of(facts.allergies().stream()
                            .filter(entry -> entry.content() instanceof Content.Allergy it && it.noneKnown())
                            .max(Comparator.comparing(EntryView::statedAt))
                            .map(entry -> new Tag(
                                    "No known allergies (" + words.nearDay(entry.statedAt()) + ")"
                                            + (entry.unsigned() ? " · unsigned" : ""),
                                    "ok"))
                            .orElseGet(() -> facts.allergiesAsked() == null
                                    ? new Tag("Allergies not asked", "warn")
                                    : new Tag(
                                            "No allergy on file (asked " + words.nearDay(facts.allergiesAsked()) + ")",
                                            "")))
                    .toList();
        }
        List<Tag> tags = new ArrayList<>();
        int left = 0;
        for (EntryView entry : real) {
            Content.Allergy allergy = (Content.Allergy) entry.content();
            if (Words.severe(allergy) || tags.size() < NAMED_ALLERGIES) {
                String reaction = allergy.reactions().isEmpty()
                        ? ""
                        : ": " + allergy.reactions().get(0).manifestation();
                tags.add(new Tag("▲ " + allergy.title() + reaction + (entry.unsigned() ? " · unsigned" : ""), "stop"));
            } else {
                left++;
            }
        }
        if (left > 0) {
            tags.add(new Tag("+" + left + (left == 1 ? " allergy" : " allergies"), "stop"));
        }
        return tags;
    }

    private static boolean isFullCode(String status) {
        return status.toLowerCase(java.util.Locale.US).startsWith("full code");
    }

    private static @Nullable String known(PatientSummary person) {
        String given = person.preferred();
        String pronouns = person.pronouns();
        if (given == null) {
            return pronouns;
        }
        return pronouns == null ? "“" + given + "”" : "“" + given + "” · " + pronouns;
    }

    private String born(PatientSummary person, Words words) {
        if (person.birthDate() == null) {
            return "not known";
        }
        LocalDate died = person.deceased() != null && person.deceased().length() >= 10
                ? LocalDate.parse(person.deceased().substring(0, 10))
                : null;
        String age = Dates.age(person.bornOn(), person.birthTime(), died, clock.instant(), words.zone());
        String date = Dates.words(person.birthDate(), words.zone());
        if (age == null) {
            return date;
        }
        return date + " · " + age + (died == null ? "" : " at death");
    }

    private static List<PatientBanner.Number> numbers(PatientSummary person, Actor actor) {
        return person.mrns().stream()
                .sorted(Comparator.comparing(mrn -> !mrn.facility().equals(actor.facility())))
                .map(mrn -> new PatientBanner.Number("MRN " + mrn.facilityName(), mrn.value()))
                .toList();
    }
}
