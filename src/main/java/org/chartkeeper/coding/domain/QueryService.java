package org.chartkeeper.coding.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.coding.Book;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodingQueries;
import org.chartkeeper.coding.rule.query.ClinicianQuery;
import org.chartkeeper.coding.rule.query.ClinicianQuery.Form;
import org.chartkeeper.coding.rule.query.ClinicianQuery.Indicator;
import org.chartkeeper.coding.rule.query.ClinicianQuery.Purpose;
import org.chartkeeper.coding.rule.query.QueryRules;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.Idempotency;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Queries from their sending to their answer in the record. */
@Service
class QueryService implements CodingQueries {

    static final String OTHER = "Other";
    static final String UNDETERMINED = "Unable to determine";

    private final QueryRows rows;
    private final CaseRepository cases;
    private final CodeRepository codes;
    private final CaseRows caseRows;
    private final ChartReader reader;
    private final ChartWriter writer;
    private final Signing signing;
    private final Directory directory;
    private final Access access;
    private final Idempotency idempotency;
    private final AuditTrail audit;
    private final Clock clock;

    QueryService(
            QueryRows rows,
            CaseRepository cases,
            CodeRepository codes,
            CaseRows caseRows,
            ChartReader reader,
            ChartWriter writer,
            Signing signing,
            Directory directory,
            Access access,
            Idempotency idempotency,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.cases = cases;
        this.codes = codes;
        this.caseRows = caseRows;
        this.reader = reader;
        this.writer = writer;
        this.signing = signing;
        this.directory = directory;
        this.access = access;
        this.idempotency = idempotency;
        this.audit = audit;
        this.clock = clock;
    }

    // Sending ---------------------------------------------------------------------------------------------------------

    @Override
    @Requires(Permission.CODING_WORK)
    @Transactional
    public UUID send(Actor actor, UUID coded, PatientId patient, int version, Draft draft, String key) {
        return UUID.fromString(idempotency.once(
                key, () -> sent(actor, coded, patient, version, draft).toString()));
    }

    private UUID sent(Actor actor, UUID coded, PatientId patient, int version, Draft draft) {
        CaseEntity entity = cases.lock(coded)
                .filter(each -> actor.facilities().contains(new FacilityId(each.facilityId)))
                .filter(each -> caseRows.find(coded).isPresent())
                .orElseThrow(() -> new NotFound("coding case " + coded));
        if (!entity.patientId.equals(patient.value())) {
            throw new NotAllowed("the form is of another patient");
        }
        int current = entity.version == null ? 0 : entity.version;
        if (current != version) {
            throw new Stale("coding case " + coded, version, current);
        }
        if (!Set.of("not coded", "in progress", "reopened", "query pending").contains(entity.state)) {
            throw new Rejected("This case is " + entity.state + ".");
        }
        if (entity.claimedBy != null
                && !entity.claimedBy.equals(actor.user().value())
                && !actor.may(Permission.CODING_SUPERVISE)) {
            throw new Rejected("Somebody else holds this case.");
        }
        CaseRows.Policy policy = caseRows.policy(new FacilityId(entity.facilityId));
        List<QueryRows.Indicator> indicators = new ArrayList<>();
        List<Indicator> shown = new ArrayList<>();
        for (CodeEdit.Words words : draft.indicators()) {
            indicator(actor, entity, draft, words, indicators, shown);
        }
        check(actor, entity, draft, shown);
        UUID id = Uuid7.next();
        Instant now = now();
        rows.insert(
                new Query(
                        id,
                        coded,
                        patient,
                        new FacilityId(entity.facilityId),
                        draft.note(),
                        draft.to(),
                        "",
                        entity.endedAt == null
                                ? "concurrent"
                                : "after bill".equals(entity.reopened) ? "after bill" : "retrospective",
                        draft.form(),
                        draft.purpose(),
                        draft.title().strip(),
                        draft.question().strip(),
                        options(draft),
                        List.of(),
                        draft.verbal(),
                        actor.name(),
                        now,
                        now.plus(policy.queryDays(), ChronoUnit.DAYS),
                        null,
                        "sent",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                actor.user().value(),
                indicators);
        if (entity.claimedBy == null) {
            entity.claimedBy = actor.user().value();
            entity.claimedAt = now;
        }
        entity.coder = entity.claimedBy;
        entity.label(caseRows.labels(
                indicators.stream().map(QueryRows.Indicator::entry).toList()));
        entity.state = "query pending";
        entity.changedAt = now;
        cases.saveAndFlush(entity);
        caseRows.step(
                coded,
                entity.state,
                "query sent",
                draft.title().strip(),
                actor.user().value(),
                now);
        takesPart(entity, draft.to());
        audit.record(AuditEvent.done("coding-query.send")
                .of(patient)
                .at(new FacilityId(entity.facilityId))
                .on("coding-query", id));
        return id;
    }

    /** Who is asked may read what the question rests on. */
    private void takesPart(CaseEntity entity, PractitionerId asked) {
        access.careRelation(new Access.CareRelation(
                new PatientId(entity.patientId),
                asked,
                "recipient",
                entity.visits.stream()
                        .findFirst()
                        .map(visit -> new EncounterId(visit.encounterId()))
                        .orElse(null),
                null));
    }

    private void indicator(
            Actor actor,
            CaseEntity entity,
            Draft draft,
            CodeEdit.Words words,
            List<QueryRows.Indicator> indicators,
            List<Indicator> shown) {
        EntryView entry = reader.entry(actor, new PatientId(entity.patientId), words.entry())
                .orElseThrow(() -> new Rejected("This document is not in the chart."));
        if (Labels.apart(entry)) {
            throw new Rejected(Labels.REFUSED);
        }
        String quote = CaseFacts.quote(entry, words.version(), words.number())
                .orElseThrow(() -> new Rejected("A document was amended since you read it: choose its words again."));
        boolean ofVisit = entry.encounter() != null
                && entity.visits.stream()
                        .anyMatch(visit -> visit.encounterId()
                                .equals(Objects.requireNonNull(entry.encounter())
                                        .value()));
        String relevance = ofVisit || draft.relevance().isBlank()
                ? null
                : draft.relevance().strip();
        indicators.add(new QueryRows.Indicator(
                entry.id().value(), words.version(), quote, CaseFacts.label(entry, zone(entity)), relevance));
        shown.add(new Indicator(quote, true, ofVisit, relevance));
    }

    /** Other and undetermined can always be chosen; a yes-or-no query has these two beside. */
    private static List<String> options(Draft draft) {
        List<String> options = new ArrayList<>();
        if (draft.form().equals(Form.YES_NO.word())) {
            options.add("Yes");
            options.add("No");
        } else if (draft.form().equals(Form.CHOICE.word())) {
            draft.options().stream()
                    .map(String::strip)
                    .filter(each -> !each.isEmpty())
                    .forEach(options::add);
        }
        if (!draft.form().equals(Form.OPEN.word())) {
            options.add(OTHER);
            options.add(UNDETERMINED);
        }
        return options;
    }

    private void check(Actor actor, CaseEntity entity, Draft draft, List<Indicator> shown) {
        List<Problem> problems = new ArrayList<>();
        Form form = word(Form.values(), Form::word, draft.form());
        Purpose purpose = word(Purpose.values(), Purpose::word, draft.purpose());
        if (draft.title().isBlank()) {
            problems.add(Problem.error("title", "Give the query a title that names no diagnosis."));
        }
        if (draft.question().isBlank()) {
            problems.add(Problem.error("question", "Write the question."));
        }
        if (directory.practitioners(List.of(draft.to())).isEmpty()) {
            problems.add(Problem.error("to", "Choose the clinician who is asked."));
        }
        if (form == null || purpose == null) {
            problems.add(Problem.error("form", "Choose how it is answered and what it is to clear up."));
        } else {
            List<String> diagnoses = codes.of(entity.id, "coder").stream()
                    .filter(CodeEntity::diagnosis)
                    .map(code -> code.display)
                    .toList();
            QueryRules.check(new ClinicianQuery(
                            form,
                            purpose,
                            draft.title(),
                            draft.question(),
                            form == Form.CHOICE ? draft.options() : List.of(),
                            true,
                            true,
                            shown,
                            diagnoses))
                    .forEach(
                            wrong -> problems.add(Problem.error(wrong.field(), wrong.rule() + ": " + wrong.message())));
        }
        EntryId note = draft.note();
        if (note != null
                && reader.entry(actor, new PatientId(entity.patientId), note)
                        .filter(entry -> entry.content() instanceof Content.Note)
                        .isEmpty()) {
            problems.add(Problem.error("note", "Choose a note of this chart."));
        }
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
    }

    private static <E> @Nullable E word(E[] values, java.util.function.Function<E, String> word, String wanted) {
        for (E value : values) {
            if (word.apply(value).equals(wanted)) {
                return value;
            }
        }
        return null;
    }

    @Override
    @Requires(Permission.CODING_WORK)
    @Transactional
    public void withdraw(Actor actor, UUID id, PatientId patient, String reason) {
        Query query = waiting(actor, id, patient);
        if (reason.strip().length() < 3) {
            throw new Rejected(List.of(Problem.error("reason", "Say why the query is taken back.")));
        }
        rows.unanswered(id, "withdrawn", reason.strip(), now());
        resume(actor, query, "query withdrawn", reason.strip());
        audit.record(AuditEvent.done("coding-query.withdraw")
                .of(patient)
                .at(query.facility())
                .on("coding-query", id));
    }

    @Override
    @Requires(Permission.CODING_SUPERVISE)
    @Transactional
    public void escalate(Actor actor, UUID id, PatientId patient, @Nullable PractitionerId to, String reason) {
        Query query = waiting(actor, id, patient);
        Instant now = now();
        if (!query.due().isBefore(now)) {
            throw new Rejected("This query is not overdue.");
        }
        if (to == null || to.equals(query.to())) {
            throw new Rejected(List.of(Problem.error("to", "Choose another clinician.")));
        }
        passOn(actor, query, to, "escalated", reason.strip(), now);
        audit.record(AuditEvent.done("coding-query.escalate")
                .of(patient)
                .at(query.facility())
                .on("coding-query", id)
                .details(query.to() + " to " + to));
    }

    private void passOn(Actor actor, Query query, PractitionerId to, String how, String why, Instant now) {
        Directory.Practitioner next = Optional.ofNullable(
                        directory.practitioners(List.of(to)).get(to))
                .orElseThrow(() -> new Rejected(List.of(Problem.error("to", "Choose another clinician."))));
        CaseEntity entity = cases.lock(query.coded()).orElseThrow();
        rows.passOn(
                query.id(),
                to,
                now.plus(caseRows.policy(query.facility()).queryDays(), ChronoUnit.DAYS),
                how.equals("escalated") ? now : null);
        takesPart(entity, to);
        caseRows.step(
                entity.id,
                entity.state,
                "query " + how + " from " + query.toName() + " to " + next.name(),
                why.isEmpty() ? null : why,
                actor.user().value(),
                now);
    }

    @Override
    @Requires(Permission.CHART_SIGN)
    @Transactional
    public void notMine(Actor actor, UUID id, PatientId patient, @Nullable PractitionerId to, String reason) {
        Query query = mine(actor, id, patient);
        if (!query.to().equals(actor.practitioner())) {
            throw new Rejected("This query waits for " + query.toName() + ".");
        }
        if (!rows.lockSent(id)) {
            throw new Rejected("This query is " + query.state() + " already.");
        }
        String why = reason.strip();
        if (why.length() < 3) {
            throw new Rejected(List.of(Problem.error("reason", "Say why you do not answer it.")));
        }
        if (query.to().equals(to)) {
            throw new Rejected(List.of(Problem.error("to", "Choose another clinician.")));
        }
        Instant now = now();
        if (to == null) {
            rows.unanswered(id, "returned", why, now);
            resume(actor, query, "query sent back by " + query.toName(), why);
        } else {
            passOn(actor, query, to, "passed on", why, now);
        }
        audit.record(AuditEvent.done("coding-query.not-mine")
                .of(patient)
                .at(query.facility())
                .on("coding-query", id)
                .details(to == null ? "back to the coder" : query.to() + " to " + to));
    }

    @Override
    @Requires(Permission.CODING_SUPERVISE)
    @Transactional(readOnly = true)
    public List<Query> overdue(Actor actor, @Nullable FacilityId facility, int limit) {
        return rows.overdue(facilities(actor, facility), now(), limit);
    }

    private Query mine(Actor actor, UUID id, PatientId patient) {
        Query query = rows.find(id)
                .filter(each -> actor.facilities().contains(each.facility()))
                .orElseThrow(() -> new NotFound("query " + id));
        if (!query.patient().equals(patient)) {
            throw new NotAllowed("the form is of another patient");
        }
        return query;
    }

    /** A query that waits for its answer, as it stands now that nobody else can change it. */
    private Query waiting(Actor actor, UUID id, PatientId patient) {
        mine(actor, id, patient);
        boolean sent = rows.lockSent(id);
        Query query = mine(actor, id, patient);
        if (!sent) {
            throw new Rejected("This query is " + query.state() + " already.");
        }
        return query;
    }

    /** The case goes on where no other query waits. */
    private void resume(Actor actor, Query query, String what, @Nullable String reason) {
        CaseEntity entity = cases.lock(query.coded()).orElseThrow();
        Instant now = now();
        if (entity.state.equals("query pending") && !rows.anySent(query.coded())) {
            entity.state = CaseService.resting(entity);
        }
        entity.changedAt = now;
        cases.saveAndFlush(entity);
        caseRows.step(entity.id, entity.state, what, reason, actor.user().value(), now);
    }

    // Answering -------------------------------------------------------------------------------------------------------

    @Override
    @Requires(Permission.CHART_SIGN)
    @Transactional
    public EntryId answer(Actor actor, UUID id, PatientId patient, String option, String words, String key) {
        return EntryId.of(idempotency.once(key, () -> answered(actor, id, patient, option, words)));
    }

    private String answered(Actor actor, UUID id, PatientId patient, String option, String words) {
        Query query = waiting(actor, id, patient);
        PractitionerId me = actor.practitioner();
        if (me == null || !me.equals(query.to())) {
            throw new Rejected("This query waits for " + query.toName() + ".");
        }
        String text = text(query, option.strip(), words.strip());
        EntryId entry = write(actor, query, me, text);
        rows.answered(id, option.strip(), text, actor.user().value(), now(), entry);
        resume(actor, query, "query answered", query.title());
        audit.record(AuditEvent.done("coding-query.answer")
                .of(patient)
                .at(query.facility())
                .on("coding-query", id)
                .details(entry.toString()));
        return entry.toString();
    }

    /** What the answer says in the record: the clinician's words, or the option that was chosen with them. */
    private static String text(Query query, String option, String words) {
        List<Problem> problems = new ArrayList<>();
        boolean open = query.form().equals(Form.OPEN.word());
        if (!open && !query.options().contains(option)) {
            problems.add(Problem.error("option", "Choose an answer."));
        }
        boolean needed = open || option.equals(OTHER) || option.equals("Yes") || option.equals("No");
        if (needed && words.length() < 3) {
            problems.add(Problem.error("words", "Say it in your words: this becomes part of the record."));
        }
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
        if (open || option.equals(OTHER) || option.equals("Yes") || option.equals("No")) {
            return words;
        }
        if (option.equals(UNDETERMINED)) {
            return words.isEmpty() ? "This cannot be determined clinically." : words;
        }
        return words.isEmpty() ? option + "." : option + ". " + words;
    }

    /** An addendum to the note that the query names, where that is signed and the clinician's; else a note of its own. */
    private EntryId write(Actor actor, Query query, PractitionerId me, String text) {
        EntryView note = query.note() == null
                ? null
                : reader.entry(actor, query.patient(), query.note())
                        .filter(entry -> entry.content() instanceof Content.Note)
                        .orElse(null);
        boolean adds = note != null
                && me.equals(note.statedByPractitioner())
                && Set.of("signed", "authenticated at source").contains(note.signature());
        CaseRows.Whole whole = caseRows.whole(query.coded(), Book.CODER)
                .orElseThrow(() -> new NotFound("coding case " + query.coded()));
        Instant now = now();
        Content.Note content = new Content.Note(
                adds ? "addendum" : "progress",
                Concept.of(adds ? "Addendum: documentation clarified" : "Documentation clarified"),
                "final",
                text,
                adds ? new Content.EntryRef(Objects.requireNonNull(note).id().toString()) : null);
        ChartWriter.Written written = writer.write(List.of(new EntryCommand(
                        VersionKind.ORIGINAL,
                        null,
                        null,
                        query.patient(),
                        query.facility(),
                        note != null && note.encounter() != null
                                ? note.encounter()
                                : whole.work().visits().get(0),
                        content,
                        now,
                        "minute",
                        new EntryCommand.Statement("practitioner", me, null, now, null),
                        new EntryCommand.Source("direct", null, null),
                        null,
                        note == null ? "" : note.sensitivity(),
                        false)))
                .get(0);
        signing.sign(
                actor,
                List.of(new Signing.VersionRef(query.patient(), written.entry(), written.version(), written.hash())),
                "author");
        return written.entry();
    }

    // Reading ---------------------------------------------------------------------------------------------------------

    @Override
    @Requires({Permission.CODING_WORK, Permission.CHART_SIGN, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public Optional<Query> find(Actor actor, UUID query) {
        return rows.find(query).filter(each -> actor.facilities().contains(each.facility()));
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_REVIEW, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public List<Query> of(UUID coded) {
        return rows.of(coded);
    }

    @Override
    @Requires(Permission.CHART_SIGN)
    @Transactional(readOnly = true)
    public List<Query> waiting(Actor actor, int limit) {
        PractitionerId me = actor.practitioner();
        return me == null ? List.of() : rows.waiting(me, limit);
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public List<Query> list(Actor actor, @Nullable FacilityId facility, boolean open, int limit) {
        return rows.list(facilities(actor, facility), open, limit);
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public Figures figures(Actor actor, @Nullable FacilityId facility, LocalDate from, LocalDate to) {
        ZoneId zone = facility == null
                ? ZoneOffset.UTC
                : directory.facility(facility).map(Directory.Facility::zone).orElse(ZoneOffset.UTC);
        return rows.figures(
                facilities(actor, facility),
                from.atStartOfDay(zone).toInstant(),
                to.plusDays(1).atStartOfDay(zone).toInstant(),
                clock.instant());
    }

    private static Collection<FacilityId> facilities(Actor actor, @Nullable FacilityId one) {
        return actor.facilities().stream()
                .filter(each -> one == null || one.equals(each))
                .toList();
    }

    private ZoneId zone(CaseEntity entity) {
        return directory
                .facility(new FacilityId(entity.facilityId))
                .map(Directory.Facility::zone)
                .orElse(ZoneOffset.UTC);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
