package org.chartkeeper.coding.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.coding.Book;
import org.chartkeeper.coding.CaseStep;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.coding.CodingCheck;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.ActorNames;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.Idempotency;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.platform.Uuid7;
import org.chartkeeper.terminology.CodeBook;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Coding cases from their opening until they are final. */
@Service
class CaseService implements CodingCases {

    private static final Set<String> HOLDS = Set.of("missing document", "missing discharge disposition", "supervisor");
    private static final Set<String> PAYERS = Set.of("medicare", "medicaid", "commercial", "self", "other");
    /**
     * Outpatient services of so many calendar days before the day of an admission are combined with it: three at an acute
     * care hospital (42 CFR 412.2(c)(5)), one where a hospital is excluded from that system (42 CFR 413.40(c)(2)), none at
     * a critical access hospital.
     */
    private static final Map<String, Integer> WINDOW_DAYS = Map.of("acute", 3, "psych", 1, "rehab", 1, "other", 1);

    private final CaseRepository cases;
    private final CodeRepository codes;
    private final CaseRows rows;
    private final CaseFacts facts;
    private final CodingCheck check;
    private final Suggester suggester;
    private final LineDesk lines;
    private final LateEdit late;
    private final SecondLook secondLook;
    private final QueryRows queries;
    private final CodeBook book;
    private final Directory directory;
    private final ActorNames names;
    private final Idempotency idempotency;
    private final AuditTrail audit;
    private final Clock clock;

    CaseService(
            CaseRepository cases,
            CodeRepository codes,
            CaseRows rows,
            CaseFacts facts,
            CodingCheck check,
            Suggester suggester,
            LineDesk lines,
            LateEdit late,
            SecondLook secondLook,
            QueryRows queries,
            CodeBook book,
            Directory directory,
            ActorNames names,
            Idempotency idempotency,
            AuditTrail audit,
            Clock clock) {
        this.cases = cases;
        this.codes = codes;
        this.rows = rows;
        this.facts = facts;
        this.check = check;
        this.suggester = suggester;
        this.lines = lines;
        this.late = late;
        this.secondLook = secondLook;
        this.queries = queries;
        this.book = book;
        this.directory = directory;
        this.names = names;
        this.idempotency = idempotency;
        this.audit = audit;
        this.clock = clock;
    }

    // Reading ---------------------------------------------------------------------------------------------------------

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public Slice<Work> list(Actor actor, Filter filter, @Nullable String after, int limit) {
        List<Work> found = rows.list(actor, filter, clock.instant(), CaseRows.CaseKey.of(after), limit + 1);
        if (found.size() <= limit) {
            return new Slice<>(found, null);
        }
        List<Work> page = found.subList(0, limit);
        return new Slice<>(page, CaseRows.CaseKey.of(page.get(limit - 1)).toString());
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public Counts counts(Actor actor, @Nullable FacilityId facility) {
        return rows.counts(actor, facility, clock.instant());
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_REVIEW, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public Optional<Work> find(Actor actor, UUID id) {
        return rows.find(id).filter(work -> actor.facilities().contains(work.facility()));
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public List<Work> ofVisit(Actor actor, EncounterId visit) {
        return rows.ofVisit(visit).stream()
                .filter(work -> actor.facilities().contains(work.facility()))
                .toList();
    }

    @Override
    @Requires(Permission.CODING_WORK)
    @Transactional(readOnly = true)
    public Optional<Work> next(Actor actor, Filter filter, Work after) {
        return rows.next(actor, filter, clock.instant(), after);
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public Set<UserId> owners(Actor actor) {
        return rows.owners(actor);
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public List<Work> combinable(Actor actor, Work work) {
        List<Work> others = rows.others(work);
        return others.isEmpty()
                ? others
                : others.stream().filter(window(work)::contains).toList();
    }

    /** The services that a stay takes in. */
    private Window window(Work stay) {
        ZoneId zone = zone(stay.facility());
        int days = WINDOW_DAYS.getOrDefault(rows.policy(stay.facility()).facilityType(), 0);
        return new Window(stay, zone, days);
    }

    /** By civil days of the facility; what lasted into the day of the admission or the night after belongs to it. */
    private record Window(Work stay, ZoneId zone, int days) {

        boolean contains(Work other) {
            Instant ended = other.ended();
            if (days == 0
                    || ended == null
                    || !stay.kind().equals("facility")
                    || !stay.klass().equals("inpatient")
                    || !other.kind().equals("facility")
                    || other.klass().equals("inpatient")) {
                return false;
            }
            LocalDate admitted = stay.started().atZone(zone).toLocalDate();
            LocalDate last = ended.atZone(zone).toLocalDate();
            return !last.isBefore(admitted.minusDays(days)) && !last.isAfter(admitted.plusDays(1));
        }
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_REVIEW, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public List<Happened> history(Actor actor, UUID id) {
        if (find(actor, id).filter(work -> !secondLook.isReviewer(actor, work)).isEmpty()) {
            throw new NotFound("coding case " + id);
        }
        return told(rows.history(id));
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_REVIEW, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public Late late(Actor actor, Desk desk, Book whose, int since, @Nullable CodeEdit edit) {
        UUID id = desk.work().id();
        if (find(actor, id).filter(work -> shown(actor, work, whose)).isEmpty()) {
            throw new NotFound("coding case " + id);
        }
        return new Late(
                told(rows.since(id, whose.key(), since)),
                edit == null
                        ? List.of()
                        : LateEdit.fields(late.read(rows.codesAt(id, whose.key(), since)), desk, edit));
    }

    private List<Happened> told(List<CaseRows.Row> happened) {
        Map<UserId, String> who =
                names.names(happened.stream().map(CaseRows.Row::by).collect(Collectors.toSet()));
        return happened.stream()
                .map(row -> new Happened(row.at(), who.getOrDefault(row.by(), "somebody"), row.what(), row.reason()))
                .toList();
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_REVIEW, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public Optional<Desk> desk(Actor actor, UUID id, Book whose) {
        return rows.whole(id, whose)
                .filter(whole -> shown(actor, whole.work(), whose))
                .map(whole -> desk(actor, whole, whose));
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_REVIEW, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public Optional<Desk> desk(Actor actor, UUID id, Book whose, Filter list) {
        return rows.whole(id, whose, actor, list, clock.instant())
                .filter(whole -> shown(actor, whole.work(), whose))
                .map(whole -> desk(actor, whole, whose));
    }

    private boolean shown(Actor actor, Work work, Book whose) {
        return actor.facilities().contains(work.facility())
                && (whose == Book.REVIEW || !secondLook.isReviewer(actor, work));
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_REVIEW, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public boolean blind(Actor actor, UUID id) {
        return find(actor, id)
                .filter(work -> secondLook.isReviewer(actor, work))
                .isPresent();
    }

    private Desk desk(Actor actor, CaseRows.Whole whole, Book whose) {
        Work work = whole.work();
        List<CodeEntity> coded = codes.of(work.id(), whose.key());
        CaseFacts.Facts read = facts.read(actor, whole, coded);
        ZoneId zone = zone(work.facility());
        LocalDate on = on(work, zone);
        List<Told> told = Answers.told(check.check(read.coded()), read, whole.answers(whose));
        List<Line> diagnoses = lines(coded, CodeEntity.DIAGNOSIS, read, on);
        List<Line> procedures = lines(coded, CodeEntity.PROCEDURE, read, on);
        boolean mayWork = mayWork(actor, work, whose);
        return new Desk(
                work,
                mayWork,
                whole.ownerName(),
                reportsPoa(work, whole.policy()),
                book.release(CodeSystem.ICD10CM, on)
                        .map(name -> "ICD-10-CM " + name)
                        .orElse("starter set"),
                diagnoses,
                procedures,
                told,
                mayWork ? suggester.suggest(read, coded, on, zone) : List.of(),
                read.sources(),
                stops(work, diagnoses, procedures, told),
                whole.reviewed(),
                read.people(),
                read.coded(),
                whole.place());
    }

    /** Presence on admission is reported of stays at acute care hospitals. */
    static boolean reportsPoa(Work work, CaseRows.Policy policy) {
        return work.klass().equals("inpatient")
                && work.kind().equals("facility")
                && policy.facilityType().equals("acute");
    }

    private List<Line> lines(List<CodeEntity> coded, String section, CaseFacts.Facts read, LocalDate on) {
        List<Line> found = new ArrayList<>();
        for (CodeEntity code : coded) {
            if (code.section.equals(section)) {
                found.add(line(code, found.size() + 1, read, on));
            }
        }
        return List.copyOf(found);
    }

    private Line line(CodeEntity code, int number, CaseFacts.Facts read, LocalDate on) {
        List<Linked> evidence = code.evidence.stream()
                .map(each -> {
                    EntryView entry = read.entries().get(new EntryId(each.entryId));
                    return new Linked(
                            each.id,
                            new EntryId(each.entryId),
                            each.entryVersion,
                            each.label,
                            each.quote,
                            entry != null && CaseFacts.signed(entry));
                })
                .toList();
        String weight = !code.diagnosis()
                ? ""
                : book.listing(CodeBook.CodeList.MCC, code.code, on).isPresent()
                        ? "MCC"
                        : book.listing(CodeBook.CodeList.CC, code.code, on).isPresent() ? "CC" : "";
        return new Line(
                code.id,
                number,
                code.codeSystem(),
                code.code,
                code.display,
                code.role,
                code.poa,
                code.doneOn,
                code.performer == null ? null : new org.chartkeeper.platform.PractitionerId(code.performer),
                code.performerName,
                code.modifierList(),
                code.units,
                code.pointerList(),
                code.toReview,
                code.unsupported,
                code.origin,
                evidence,
                code.diagnosis()
                        && book.listing(CodeBook.CodeList.POA_EXEMPT, code.code, on)
                                .isPresent(),
                weight,
                suggester.closer(code, on));
    }

    /** What stands against finalizing, each in a sentence. */
    private static List<Stop> stops(Work work, List<Line> diagnoses, List<Line> procedures, List<Told> told) {
        List<Stop> stops = new ArrayList<>();
        if (work.ended() == null) {
            stops.add(stop("The patient is in house: codes are working codes until the discharge."));
        }
        if (work.state().equals("held")) {
            stops.add(stop("The case is held: " + work.hold() + "."));
        }
        if (work.state().equals("query pending")) {
            stops.add(stop("A query waits for its answer."));
        }
        if (diagnoses.stream().noneMatch(line -> "principal".equals(line.role()))) {
            stops.add(stop("No " + (work.klass().equals("inpatient") ? "principal" : "first-listed") + " diagnosis."));
        }
        List<Line> all = new ArrayList<>(diagnoses);
        all.addAll(procedures);
        for (Line line : all) {
            if (!line.supported()) {
                stops.add(new Stop(line.code() + " has no evidence and no reason for that.", line.id(), false));
            }
            if (line.toReview() != null) {
                stops.add(new Stop(
                        line.code() + " is to be looked at again: " + line.toReview() + ".", line.id(), false));
            }
        }
        for (Told each : told) {
            Severity severity = each.finding().severity();
            if (each.answer() != null || each.line() == null && !ofCodes(each)) {
                continue;
            }
            if (severity == Severity.H) {
                stops.add(new Stop(
                        each.finding().rule() + " is a hard stop: "
                                + each.finding().message(),
                        each.line(),
                        true));
            } else if (severity == Severity.R) {
                stops.add(new Stop(
                        each.finding().rule() + " needs a repair or a reason: "
                                + each.finding().message(),
                        each.line(),
                        false));
            }
        }
        return List.copyOf(stops);
    }

    private static Stop stop(String words) {
        return new Stop(words, null, false);
    }

    /** Findings of prescriptions go to their own list: a case is not held for what the prescriber has to answer. */
    static boolean ofCodes(Told told) {
        return !told.finding().rule().equals("RC-01")
                && !told.finding().item().startsWith("prescriptions")
                && !told.finding().item().startsWith("activeMedications");
    }

    private boolean mayWork(Actor actor, Work work, Book whose) {
        if (whose == Book.REVIEW) {
            return secondLook.isReviewer(actor, work);
        }
        return actor.may(Permission.CODING_WORK)
                && work.open()
                && !work.state().equals("second review")
                && (work.owner() == null
                        || work.owner().equals(actor.user())
                        || actor.may(Permission.CODING_SUPERVISE));
    }

    // Changing --------------------------------------------------------------------------------------------------------

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_REVIEW})
    @Transactional
    public void edit(Actor actor, UUID id, PatientId patient, int version, Book whose, CodeEdit edit, String key) {
        once(key, () -> edited(actor, id, patient, version, whose, edit));
    }

    private void once(String key, Runnable work) {
        if (key.isEmpty()) {
            work.run();
        } else {
            idempotency.once(key, () -> {
                work.run();
                return "done";
            });
        }
    }

    private void edited(Actor actor, UUID id, PatientId patient, int version, Book whose, CodeEdit asked) {
        List<LateEdit.Was> base = asked instanceof CodeEdit.Settled settled
                ? late.read(rows.codesAt(id, whose.key(), settled.since()))
                : List.of();
        LateEdit.Was was = LateEdit.line(base, LateEdit.line(asked));
        List<UUID> read = new ArrayList<>(
                was == null
                        ? List.of()
                        : was.evidence().stream().map(LateEdit.Quote::entry).toList());
        read.addAll(reads(asked instanceof CodeEdit.Settled settled ? settled.edit() : asked));
        if (!read.isEmpty()) {
            rows.keep(patient, read);
        }
        CaseEntity entity = locked(actor, id, patient, version);
        if (!mayWork(actor, entity.work(), whose)) {
            throw new Rejected(
                    entity.claimedBy != null && entity.work().open()
                            ? "Somebody else holds this case."
                            : "This case is " + entity.state + ": reopen it to change its codes.");
        }
        List<CodeEntity> coded = new ArrayList<>(codes.of(id, whose.key()));
        List<CodeEntity> before = List.copyOf(coded);
        Map<Integer, UUID> numbers = LineDesk.numbers(coded);
        String again = was == null ? "" : lines.again(actor, entity, whose, coded, was);
        CodeEdit edit = asked instanceof CodeEdit.Settled settled ? LateEdit.settled(settled, base, coded) : asked;
        String what =
                edit instanceof CodeEdit.Repair || edit instanceof CodeEdit.Answer || edit instanceof CodeEdit.Unanswer
                        ? onFinding(actor, entity, whose, coded, edit)
                        : lines.apply(actor, entity, whose, coded, edit, zone(new FacilityId(entity.facilityId)));
        entity.label(rows.labels(read));
        lines.order(coded);
        if (!(edit instanceof CodeEdit.Repair)) {
            LineDesk.follow(coded, numbers);
        }
        if (whose == Book.CODER) {
            begin(entity, actor);
        } else {
            secondLook.begin(actor, id, now());
        }
        entity.changedAt = now();
        cases.saveAndFlush(entity);
        codes.deleteAll(before.stream().filter(line -> !coded.contains(line)).toList());
        codes.saveAllAndFlush(coded);
        rows.revision(
                id, whose.key(), again + what, lines.json(coded), actor.user().value(), now());
        audit.record(AuditEvent.done("coding-case.edit")
                .of(patient)
                .at(new FacilityId(entity.facilityId))
                .on("coding-case", id)
                .version(entity.version == null ? 0 : entity.version)
                .details(edit.getClass().getSimpleName().toLowerCase(Locale.ROOT)));
    }

    /** What the edit reads words of: it stays as it is until the words are linked. */
    private List<UUID> reads(CodeEdit edit) {
        if (edit instanceof CodeEdit.Stands stands) {
            return rows.entriesBehindLine(stands.line());
        }
        CodeEdit.Words words = edit instanceof CodeEdit.Link link
                ? link.words()
                : edit instanceof CodeEdit.Add add ? add.words() : null;
        return words == null ? List.of() : List.of(words.entry().value());
    }

    /** Whoever changes a code holds the case from then on. */
    private void begin(CaseEntity entity, Actor actor) {
        if (entity.claimedBy == null) {
            entity.claimedBy = actor.user().value();
            entity.claimedAt = now();
        }
        entity.coder = entity.claimedBy;
        if (entity.state.equals("not coded")) {
            entity.state = "in progress";
            rows.step(
                    entity.id, entity.state, "coding began", null, actor.user().value(), now());
        }
    }

    private String onFinding(Actor actor, CaseEntity entity, Book whose, List<CodeEntity> coded, CodeEdit edit) {
        CaseRows.Whole whole = rows.whole(entity.id, whose).orElseThrow(() -> new NotFound("coding case " + entity.id));
        CaseFacts.Facts read = facts.read(actor, whole, coded);
        List<Told> told = Answers.told(check.check(read.coded()), read, whole.answers(whose));
        String key = switch (edit) {
            case CodeEdit.Repair repair -> repair.finding();
            case CodeEdit.Answer answer -> answer.finding();
            case CodeEdit.Unanswer unanswer -> unanswer.finding();
            default -> throw new IllegalArgumentException(edit.toString());
        };
        if (edit instanceof CodeEdit.Unanswer) {
            rows.unanswer(entity.id, whose.key(), key, now());
            return "reason taken back";
        }
        Told found = told.stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new Rejected("This finding is gone: the case has changed since."));
        if (!read.entries().values().stream().allMatch(Labels::open)) {
            labelByFinding(actor, entity, whole, coded, read, found);
        }
        if (edit instanceof CodeEdit.Answer answer) {
            return answer(actor, entity, whose, found, answer.reason());
        }
        if (found.finding().repair() == null) {
            throw new Rejected("There is no repair for " + found.finding().rule() + ".");
        }
        lines.repair(actor, entity, whose, coded, read, found.finding().repair());
        return "repaired " + found.finding().rule() + ": " + found.finding().message();
    }

    /** What is done about a finding stays in the history: one that is not there without what is labelled labels it. */
    private void labelByFinding(
            Actor actor,
            CaseEntity entity,
            CaseRows.Whole whole,
            List<CodeEntity> coded,
            CaseFacts.Facts read,
            Told found) {
        CaseFacts.Facts open = facts.read(actor, whole, coded, Labels::open);
        if (Answers.told(check.check(open.coded()), open, List.of()).stream()
                .noneMatch(each -> each.key().equals(found.key()))) {
            entity.label(rows.labels(
                    read.entries().keySet().stream().map(EntryId::value).toList()));
        }
    }

    private String answer(Actor actor, CaseEntity entity, Book whose, Told found, String reason) {
        String why = reason.strip();
        if (why.length() < 3) {
            throw new Rejected(List.of(Problem.error(
                    "why-" + found.key(), "Say why " + found.finding().rule() + " does not apply.")));
        }
        if (found.finding().severity() == Severity.H && !actor.may(Permission.CODING_SUPERVISE)) {
            throw new Rejected(found.finding().rule() + " is a hard stop: a supervisor may go over it with a reason.");
        }
        rows.unanswer(entity.id, whose.key(), found.key(), now());
        rows.answer(
                Uuid7.next(),
                entity.id,
                whose.key(),
                found.key(),
                found.finding().rule(),
                found.finding().severity().name(),
                found.finding().message(),
                why,
                actor.user().value(),
                now());
        return "answered for " + found.finding().rule() + ": " + why;
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    @Transactional
    public void step(Actor actor, UUID id, PatientId patient, int version, CaseStep step, String key) {
        once(key, () -> stepped(actor, id, patient, version, step));
    }

    private void stepped(Actor actor, UUID id, PatientId patient, int version, CaseStep step) {
        if (step instanceof CaseStep.Combine combine) {
            rows.keep(patient, rows.entriesBehindCase(combine.other()));
            cases.lock(List.of(id, combine.other()));
        }
        CaseEntity entity = locked(actor, id, patient, version);
        String before = entity.state;
        String reason = null;
        String what;
        switch (step) {
            case CaseStep.Claim claim -> {
                mustBeOpen(entity);
                if (entity.claimedBy != null
                        && !entity.claimedBy.equals(actor.user().value())) {
                    throw new Rejected("Somebody else holds this case.");
                }
                entity.claimedBy = actor.user().value();
                entity.claimedAt = now();
                what = "claimed";
            }
            case CaseStep.GiveBack back -> {
                mustHold(actor, entity);
                entity.claimedBy = null;
                entity.claimedAt = null;
                what = "given back";
            }
            case CaseStep.Hold hold -> {
                mustHold(actor, entity);
                hold(entity, hold, actor);
                reason = hold.reason()
                        + (hold.note().isBlank() ? "" : ": " + hold.note().strip());
                what = "held";
            }
            case CaseStep.Unhold unhold -> {
                mustHold(actor, entity);
                if (!entity.state.equals("held")) {
                    throw new Rejected("This case is " + entity.state + ", not held.");
                }
                entity.state = resting(entity);
                entity.holdReason = null;
                entity.holdNote = null;
                what = "taken off hold";
            }
            case CaseStep.Priority priority -> {
                mustHold(actor, entity);
                entity.priority = Math.clamp(priority.value(), 0, 2);
                what = "priority " + List.of("routine", "soon", "first").get(entity.priority);
            }
            case CaseStep.Payer payer -> {
                mustHold(actor, entity);
                if (!PAYERS.contains(payer.value())) {
                    throw new Rejected(List.of(Problem.error("payer", "Choose who pays.")));
                }
                entity.payer = payer.value();
                what = "payer " + entity.payer;
            }
            case CaseStep.Finalize done -> {
                what = finish(actor, entity, done.overHard());
                reason = done.overHard().isBlank() ? null : done.overHard().strip();
            }
            case CaseStep.Reopen reopen -> {
                reason = reopen(entity, reopen.billed(), reopen.reason());
                what = "reopened " + entity.reopened;
            }
            case CaseStep.Combine combine -> {
                reason = combine(actor, entity, combine);
                what = "combined with another case";
            }
        }
        entity.changedAt = now();
        cases.saveAndFlush(entity);
        rows.step(id, entity.state, what, reason, actor.user().value(), now());
        audit.record(AuditEvent.done("coding-case.step")
                .of(patient)
                .at(new FacilityId(entity.facilityId))
                .on("coding-case", id)
                .version(entity.version == null ? 0 : entity.version)
                .details(what + (before.equals(entity.state) ? "" : ", " + before + " to " + entity.state)));
    }

    /** What a case is when nothing holds it. */
    static String resting(CaseEntity entity) {
        return entity.reopened != null ? "reopened" : entity.coder == null ? "not coded" : "in progress";
    }

    private static void mustBeOpen(CaseEntity entity) {
        if (!entity.work().open() || entity.state.equals("second review")) {
            throw new Rejected("This case is " + entity.state + ".");
        }
    }

    private static void mustHold(Actor actor, CaseEntity entity) {
        mustBeOpen(entity);
        if (entity.claimedBy != null
                && !entity.claimedBy.equals(actor.user().value())
                && !actor.may(Permission.CODING_SUPERVISE)) {
            throw new Rejected("Somebody else holds this case.");
        }
    }

    private void hold(CaseEntity entity, CaseStep.Hold hold, Actor actor) {
        if (!HOLDS.contains(hold.reason())) {
            throw new Rejected(List.of(Problem.error("hold", "Choose why the case cannot be coded.")));
        }
        if (hold.reason().equals("missing document") && hold.note().isBlank()) {
            throw new Rejected(List.of(Problem.error("hold-note", "Say which document is missing.")));
        }
        if (entity.state.equals("query pending")) {
            throw new Rejected("A query waits for its answer: the case is held by that already.");
        }
        entity.state = "held";
        entity.holdReason = hold.reason();
        entity.holdNote = hold.note().isBlank() ? null : hold.note().strip();
        entity.heldBy = actor.user().value();
        entity.heldAt = now();
    }

    private String finish(Actor actor, CaseEntity entity, String overHard) {
        if (!mayWork(actor, entity.work(), Book.CODER)) {
            throw new Rejected("This case is " + entity.state + " or held by somebody else.");
        }
        CaseRows.Whole whole =
                rows.whole(entity.id, Book.CODER).orElseThrow(() -> new NotFound("coding case " + entity.id));
        Desk desk = desk(actor, whole, Book.CODER);
        long hard = desk.stops().stream().filter(Stop::hard).count();
        if (hard > 0 && !overHard.isBlank() && !actor.may(Permission.CODING_SUPERVISE)) {
            throw new Rejected("Only a supervisor finalizes over a hard stop.");
        }
        List<Problem> problems = desk.stops().stream()
                .filter(stop -> !stop.hard() || overHard.isBlank())
                .map(stop -> Problem.error(stop.line() == null ? null : "code-" + stop.line(), stop.words()))
                .toList();
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
        Instant now = now();
        if (entity.coder == null) {
            entity.coder = actor.user().value();
        }
        long over = hard
                + desk.findings().stream()
                        .filter(told ->
                                told.answer() != null && told.finding().severity() == Severity.H && ofCodes(told))
                        .count();
        String counted = over == 0 ? "" : " over " + over + (over == 1 ? " hard stop" : " hard stops");
        Optional<String> review = secondLook.wanted(entity, whole.policy(), whole.answers(Book.CODER), over > 0);
        if (review.isPresent()) {
            secondLook.open(entity, review.get(), now);
            entity.state = "second review";
            return "coded" + counted + ", chosen for second review: " + review.get();
        }
        queries.close(entity.id, now);
        entity.state = "final coded";
        entity.finalBy = actor.user().value();
        entity.finalAt = now;
        entity.claimedBy = null;
        entity.claimedAt = null;
        return "final coded" + counted;
    }

    private static String reopen(CaseEntity entity, boolean billed, String reason) {
        if (!entity.state.equals("final coded")) {
            throw new Rejected("Only a final case is reopened.");
        }
        if (reason.strip().length() < 3) {
            throw new Rejected(List.of(Problem.error("reopen-reason", "Say why the case is reopened.")));
        }
        entity.state = "reopened";
        entity.reopened = billed ? "after bill" : "before bill";
        return reason.strip();
    }

    private String combine(Actor actor, CaseEntity entity, CaseStep.Combine combine) {
        mustHold(actor, entity);
        CaseEntity other = cases.lock(combine.other())
                .filter(each -> each.patientId.equals(entity.patientId))
                .orElseThrow(() -> new NotFound("coding case " + combine.other()));
        if (!other.work().open() || !window(entity.work()).contains(other.work())) {
            throw new Rejected(
                    "Only outpatient services shortly before the admission are combined:"
                            + " three days before at an acute care hospital, one at others, none at a critical access hospital.");
        }
        if (combine.reason().strip().length() < 3) {
            throw new Rejected(List.of(Problem.error("combine-reason", "Say why the cases are combined.")));
        }
        Set<CaseEntity.Visit> moved = Set.copyOf(other.visits);
        other.visits.clear();
        other.state = "combined";
        other.combinedInto = entity.id;
        other.claimedBy = null;
        other.changedAt = now();
        cases.saveAndFlush(other);
        entity.visits.addAll(moved);
        takeIn(actor, entity, other);
        rows.step(
                other.id,
                other.state,
                "combined into another case",
                combine.reason().strip(),
                actor.user().value(),
                now());
        return combine.reason().strip();
    }

    private void takeIn(Actor actor, CaseEntity entity, CaseEntity other) {
        List<CodeEntity> coded = new ArrayList<>(codes.of(entity.id, Book.CODER.key()));
        String come = lines.takeIn(actor, entity, coded, codes.of(other.id, Book.CODER.key()));
        if (come.isEmpty()) {
            return;
        }
        entity.label(rows.labels(rows.entriesBehindCase(other.id)));
        begin(entity, actor);
        cases.saveAndFlush(entity);
        lines.order(coded);
        codes.saveAllAndFlush(coded);
        rows.revision(
                entity.id,
                Book.CODER.key(),
                "took in " + come,
                lines.json(coded),
                actor.user().value(),
                now());
    }

    private CaseEntity locked(Actor actor, UUID id, PatientId patient, int version) {
        CaseEntity entity = cases.lock(id)
                .filter(each -> actor.facilities().contains(new FacilityId(each.facilityId)))
                .orElseThrow(() -> new NotFound("coding case " + id));
        if (rows.find(id).isEmpty()) {
            throw new NotFound("coding case " + id);
        }
        if (!entity.patientId.equals(patient.value())) {
            throw new NotAllowed("the form is of another patient");
        }
        int current = entity.version == null ? 0 : entity.version;
        if (current != version) {
            throw new Stale("coding case " + id, version, current);
        }
        return entity;
    }

    private ZoneId zone(FacilityId facility) {
        return directory.facility(facility).map(Directory.Facility::zone).orElse(ZoneOffset.UTC);
    }

    /** The day that chooses releases: discharge of a stay, first day of any other service. */
    static LocalDate on(Work work, ZoneId zone) {
        Instant ended = work.ended();
        Instant at = work.klass().equals("inpatient") && ended != null ? ended : work.started();
        return at.atZone(zone).toLocalDate();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
