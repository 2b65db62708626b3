package org.chartkeeper.visit.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.access.Directory;
import org.chartkeeper.chart.EntryCommand.Source;
import org.chartkeeper.chart.EntryCommand.Statement;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.TypedDate;
import org.chartkeeper.platform.TypedTime;
import org.chartkeeper.visit.UpdateSheet;
import org.jspecify.annotations.Nullable;

/** Who stated what is entered, when, and what it was taken from: set once for the whole update. */
final class Said {

    static final Map<String, String> SOURCES = Map.of(
            "dictation", "dictation",
            "note", "note",
            "paper", "paper form",
            "telephone", "telephone",
            "device", "device",
            "direct", "the clinician directly");
    private static final Set<String> BY = Set.of("practitioner", "nurse", "patient", "outside");

    private final Statement statement;
    private final Source source;
    private final @Nullable PractitionerId signer;
    private final Ground ground;

    private Said(Statement statement, Source source, @Nullable PractitionerId signer, Ground ground) {
        this.statement = statement;
        this.source = source;
        this.signer = signer;
        this.ground = ground;
    }

    static Said read(Plan plan) {
        UpdateSheet sheet = plan.sheet;
        Ground ground = plan.ground;
        String by = sheet.has("said.by") ? sheet.get("said.by") : "practitioner";
        if (!BY.contains(by)) {
            plan.wrong("said.by", "Choose who stated it");
            by = "practitioner";
        }
        PractitionerId who = who(sheet, ground);
        if (who == null) {
            plan.wrong("said.who", "Choose the clinician: whoever stated it, or who is to sign for it");
        }
        if (!by.equals("practitioner") && !sheet.has("said.name") && by.equals("outside")) {
            plan.wrong("said.name", "Say who stated it");
        }
        Instant at = moment(plan, "said.on", "said.time", ground.work().ended());
        if (at.isAfter(ground.now())) {
            plan.wrong("said.on", "It cannot have been stated in the future");
        }
        String from = sheet.get("said.from");
        if (!SOURCES.containsKey(from)) {
            plan.wrong("said.from", "Choose what it was taken from");
            from = "direct";
        }
        String reference = uuid(sheet.get("said.ref")).map(UUID::toString).orElse(null);
        boolean practitioner = by.equals("practitioner");
        String name = practitioner || !sheet.has("said.name") ? null : sheet.get("said.name");
        return new Said(
                new Statement(by, practitioner ? who : null, name, at, who),
                new Source(from, reference, null),
                who,
                ground);
    }

    private static @Nullable PractitionerId who(UpdateSheet sheet, Ground ground) {
        PractitionerId attending = ground.work().attending();
        Optional<UUID> chosen = uuid(sheet.get("said.who"));
        if (chosen.isEmpty()) {
            return attending;
        }
        PractitionerId id = new PractitionerId(chosen.get());
        boolean known = id.equals(attending)
                || ground.clinicians().stream().anyMatch(each -> each.id().equals(id));
        return known ? id : attending;
    }

    static Optional<UUID> uuid(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The moment of a typed day and time; each blank takes that of {@code otherwise}. */
    static Instant moment(Plan plan, String dayField, String timeField, Instant otherwise) {
        Ground ground = plan.ground;
        LocalDate day = ground.day(otherwise);
        LocalTime time = LocalTime.ofInstant(otherwise, ground.zone());
        String typedDay = plan.sheet.get(dayField);
        if (!typedDay.isEmpty()) {
            Optional<PartialDate> read = TypedDate.past(typedDay, ground.day(ground.now()));
            if (read.isPresent() && read.get().exact()) {
                day = read.get().from();
            } else {
                plan.wrong(dayField, "Enter a day, such as 11/22 or t-1");
            }
        }
        String typedTime = plan.sheet.get(timeField);
        if (!typedTime.isEmpty()) {
            Optional<LocalTime> read = TypedTime.read(typedTime);
            if (read.isPresent()) {
                time = read.get();
            } else {
                plan.wrong(timeField, "Enter a time, such as 3:52 pm or 1552");
            }
        }
        return day.atTime(time).atZone(ground.zone()).toInstant();
    }

    Statement statement() {
        return statement;
    }

    Source source() {
        return source;
    }

    /** The statement of somebody else of the team, to be signed by the same clinician. */
    Statement by(String typed, Instant at) {
        String name = typed.strip();
        String lower = name.toLowerCase(Locale.US);
        if (lower.equals("patient") || lower.startsWith("patient ")) {
            return new Statement("patient", null, null, at, signer);
        }
        for (String title : new String[] {"nurse ", "rn "}) {
            if (lower.startsWith(title)) {
                name = name.substring(title.length()).strip();
            }
        }
        return new Statement("nurse", null, name, at, signer);
    }

    String name(PractitionerId id) {
        String attending = ground.work().attendingName();
        if (id.equals(ground.work().attending()) && attending != null) {
            return attending;
        }
        return ground.clinicians().stream()
                .filter(each -> each.id().equals(id))
                .map(Directory.Practitioner::name)
                .findFirst()
                .orElse("the clinician");
    }

    @Nullable
    PractitionerId signer() {
        return signer;
    }
}
