package org.chartkeeper.visit.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.Directory.Facility;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.ActorNames;
import org.chartkeeper.platform.CurrentActor;
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
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.platform.Uuid7;
import org.chartkeeper.visit.UpdateConflict;
import org.chartkeeper.visit.UpdateItem;
import org.chartkeeper.visit.UpdateSheet;
import org.chartkeeper.visit.VisitUpdates;
import org.chartkeeper.visit.VitalSign;
import org.chartkeeper.visit.domain.UpdateRows.Base;
import org.chartkeeper.visit.domain.UpdateRows.Decision;
import org.chartkeeper.visit.domain.UpdateRows.Row;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The update of a visit from its opening to its posting. */
@Service
class VisitUpdateService implements VisitUpdates {

    private static final List<String> LATEST =
            Arrays.stream(VitalSign.values()).map(VitalSign::loinc).toList();
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MM/dd/yyyy", Locale.US);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mm a", Locale.US);
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("d MMM h:mm a", Locale.US);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("h:mm:ss a", Locale.US);
    private static final String DRAFT_NUMBER = "draft.number";
    private static final String DRAFT_WINDOW = "draft.window";
    private static final Set<String> ANSWERS = Set.of(Planner.NO_CHANGE, Planner.NOT_APPLICABLE, "words");

    private final UpdateRows rows;
    private final Planner planner;
    private final Encounters encounters;
    private final ChartReader reader;
    private final ChartWriter writer;
    private final Conflicts conflicts;
    private final Directory directory;
    private final Clinicians clinicians;
    private final ActorNames names;
    private final Idempotency idempotency;
    private final AuditTrail audit;
    private final CurrentActor current;
    private final JsonMapper json;
    private final Clock clock;

    VisitUpdateService(
            UpdateRows rows,
            Planner planner,
            Encounters encounters,
            ChartReader reader,
            ChartWriter writer,
            Conflicts conflicts,
            Directory directory,
            Clinicians clinicians,
            ActorNames names,
            Idempotency idempotency,
            AuditTrail audit,
            CurrentActor current,
            JsonMapper json,
            Clock clock) {
        this.rows = rows;
        this.planner = planner;
        this.encounters = encounters;
        this.reader = reader;
        this.writer = writer;
        this.conflicts = conflicts;
        this.directory = directory;
        this.clinicians = clinicians;
        this.names = names;
        this.idempotency = idempotency;
        this.audit = audit;
        this.current = current;
        this.json = json;
        this.clock = clock;
    }

    // Opening
    // -------------------------------------------------------------------------------------------------------------

    @Override
    @Requires({Permission.VISIT_UPDATE, Permission.PATIENT_REGISTER})
    @Transactional(propagation = Propagation.MANDATORY)
    public void visitEnded(PatientId patient, EncounterId id) {
        EncounterView visit = encounters
                .find(patient, id)
                .orElseThrow(() -> new NotFound("encounter " + id + " of patient " + patient));
        if (visit.imported() || !visit.status().equals("finished")) {
            return;
        }
        Instant ended = visit.end() == null ? now() : visit.end();
        EntryView source = Sources.newest(reader.ofEncounter(current.get(), patient, id));
        Instant sourceAt = source == null ? null : later(source.statedAt(), ended);
        Work work = new Work(
                Uuid7.next(),
                patient,
                id,
                visit.facility(),
                visit.department(),
                visit.klass(),
                visit.kind(),
                visit.reason(),
                visit.accountNumber(),
                visit.attending(),
                visit.attendingName(),
                visit.start(),
                ended,
                source == null ? "waiting for documentation" : "to do",
                null,
                source == null ? null : Sources.label(source),
                sourceAt,
                sourceAt == null ? null : due(visit.facility(), sourceAt),
                null,
                null,
                null,
                null,
                null,
                0);
        if (rows.open(work)) {
            audit.record(AuditEvent.done("visit-update.open")
                    .of(patient)
                    .at(visit.facility())
                    .on("encounter", id));
        }
    }

    /** Documentation of visits came: what waited for it can be done, and its time begins. */
    void documented(Collection<EncounterId> visits) {
        for (Row row : rows.waiting(visits)) {
            Work work = row.work();
            EntryView source = Sources.newest(reader.ofEncounter(current.get(), work.patient(), work.visit()));
            if (source != null) {
                Instant at = later(source.statedAt(), work.ended());
                rows.documented(work.id(), Sources.label(source), at, due(work.facility(), at));
            }
        }
    }

    /** A source that was there when the visit ended counts from its end. */
    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Instant due(FacilityId facility, Instant source) {
        Facility place = directory.facility(facility).orElse(null);
        return BusinessHours.after(source, place == null ? 48 : place.updateDueHours(), zone(facility));
    }

    private ZoneId zone(FacilityId facility) {
        return directory.facility(facility).map(Facility::zone).orElse(ZoneOffset.UTC);
    }

    // The list
    // ------------------------------------------------------------------------------------------------------------

    @Override
    @Requires(Permission.VISIT_UPDATE)
    @Transactional(readOnly = true)
    public Slice<Work> list(Actor actor, Filter filter, @Nullable String after, int limit) {
        Instant afterDue = null;
        UUID afterId = null;
        if (after != null) {
            int split = after.indexOf('~');
            afterId = split < 0 ? null : Said.uuid(after.substring(split + 1)).orElse(null);
            String due = split < 0 ? "" : after.substring(0, split);
            afterDue = due.matches("-?\\d{1,18}") ? micros(Long.parseLong(due)) : null;
        }
        List<Work> found = rows.list(actor, filter, now(), afterDue, afterId, limit + 1);
        List<Work> page = found.size() > limit ? found.subList(0, limit) : found;
        String next = null;
        if (found.size() > limit) {
            Work last = page.get(page.size() - 1);
            Instant due = last.due();
            next = (due == null ? "none" : micros(due)) + "~" + last.id();
        }
        return new Slice<>(named(page), next);
    }

    private static long micros(Instant moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    }

    private static Instant micros(long since) {
        return Instant.EPOCH.plus(since, ChronoUnit.MICROS);
    }

    private List<Work> named(List<Work> works) {
        Set<UserId> owners =
                works.stream().map(Work::owner).flatMap(Stream::ofNullable).collect(Collectors.toSet());
        if (owners.isEmpty()) {
            return List.copyOf(works);
        }
        Map<UserId, String> known = names.names(owners);
        return works.stream()
                .map(work ->
                        work.owner() == null ? work : owned(work, known.getOrDefault(work.owner(), "somebody"), null))
                .toList();
    }

    private static Work owned(Work work, @Nullable String owner, @Nullable String postedBy) {
        return new Work(
                work.id(),
                work.patient(),
                work.visit(),
                work.facility(),
                work.department(),
                work.klass(),
                work.kind(),
                work.reason(),
                work.accountNumber(),
                work.attending(),
                work.attendingName(),
                work.started(),
                work.ended(),
                work.state(),
                work.leftAs(),
                work.source(),
                work.sourceAt(),
                work.due(),
                work.owner(),
                owner,
                work.draftAt(),
                work.postedAt(),
                postedBy,
                work.version());
    }

    @Override
    @Requires(Permission.VISIT_UPDATE)
    @Transactional(readOnly = true)
    public Counts counts(Actor actor, Filter filter) {
        return rows.counts(actor, filter.facility(), now());
    }

    @Override
    @Requires(Permission.VISIT_UPDATE)
    @Transactional(readOnly = true)
    public Optional<Work> next(Actor actor, EncounterId after) {
        return rows.next(actor, after);
    }

    // Holding
    // -------------------------------------------------------------------------------------------------------------

    @Override
    @Requires(Permission.VISIT_UPDATE)
    @Transactional
    public void claim(PatientId patient, EncounterId visit) {
        Actor actor = current.get();
        take(actor, row(patient, visit, actor, false).work());
    }

    private void take(Actor actor, Work seen) {
        if (actor.user().equals(seen.owner())) {
            return;
        }
        if (rows.claim(seen.patient(), seen.visit(), actor.user(), now())) {
            record("visit-update.claim", seen);
            return;
        }
        Work work = row(seen.patient(), seen.visit(), actor, false).work();
        if (actor.user().equals(work.owner())) {
            return;
        }
        if (work.owner() != null) {
            throw new Rejected(name(work.owner()) + " holds this update.");
        }
        throw new Rejected(work.leftAs() == null ? "This update is posted." : "This visit is " + work.leftAs() + ".");
    }

    @Override
    @Requires(Permission.VISIT_UPDATE)
    @Transactional
    public void giveBack(PatientId patient, EncounterId visit) {
        Actor actor = current.get();
        Work work = row(patient, visit, actor, false).work();
        if (rows.giveBack(patient, visit, actor.user())) {
            record("visit-update.give-back", work);
        }
    }

    @Override
    @Requires(Permission.VISIT_REASSIGN)
    @Transactional
    public void reassign(PatientId patient, EncounterId visit, UserId to) {
        Work work = row(patient, visit, current.get(), true).work();
        if (work.state().equals("posted")) {
            throw new Rejected("This update is posted.");
        }
        if (names.names(List.of(to)).isEmpty()) {
            throw new Rejected(List.of(Problem.error("to", "There is no such person.")));
        }
        rows.reassign(work.id(), to, now());
        audit.record(AuditEvent.done("visit-update.reassign")
                .of(patient)
                .at(work.facility())
                .on("encounter", visit)
                .details(to.toString()));
    }

    private void record(String action, Work work) {
        audit.record(
                AuditEvent.done(action).of(work.patient()).at(work.facility()).on("encounter", work.visit()));
    }

    private String name(UserId user) {
        return names.names(List.of(user)).getOrDefault(user, "Somebody else");
    }

    private Row row(PatientId patient, EncounterId visit, Actor actor, boolean lock) {
        Row row = rows.find(patient, visit, actor.user(), lock)
                .orElseThrow(() -> new NotFound("update of encounter " + visit + " of patient " + patient));
        if (!actor.isSystem() && !actor.facilities().contains(row.work().facility())) {
            throw new NotFound("update of encounter " + visit + " elsewhere");
        }
        return row;
    }

    // The page
    // ------------------------------------------------------------------------------------------------------------

    @Override
    @Requires(Permission.VISIT_UPDATE)
    @Transactional(readOnly = true)
    public View view(PatientId patient, EncounterId visit, @Nullable UpdateSheet typed) {
        Actor actor = current.get();
        Row row = row(patient, visit, actor, false);
        return view(actor, row, typed);
    }

    private View view(Actor actor, Row row, @Nullable UpdateSheet typed) {
        Work work = row.work();
        ChartReader.Standing standing = reader.standing(actor, work.patient(), work.visit(), LATEST);
        Ground ground = ground(row, standing);
        List<SourceText> sources = Sources.of(standing.ofVisit());
        boolean other = work.owner() != null && !work.owner().equals(actor.user());
        UpdateRows.DraftRow draft = typed == null && !other ? row.draft() : null;
        UpdateSheet sheet = typed != null ? typed : draft == null ? fresh(ground, sources) : read(draft.content());
        Plan plan = planner.plan(sheet, ground);
        return new View(
                withNames(actor, row),
                sheet,
                other,
                draft == null ? null : draft.savedAt(),
                other || row.draft() == null ? 0 : row.draft().number(),
                draft == null ? List.of() : since(actor, rows.base(draft), ground),
                sources,
                plan.items(),
                standing.listed(),
                standing.ofVisit().stream()
                        .filter(entry -> !Sources.isSource(entry) && !entry.retracted())
                        .toList(),
                standing.comments(),
                standing.latest(),
                ground.band() != AgeBand.ADULT,
                ground.clinicians(),
                new Checks(plan.remarks(), plan.echoes(), plan.preview()),
                row.questions().stream()
                        .filter(question -> question.answeredAt() != null)
                        .flatMap(question -> answered(work, question))
                        .toList());
    }

    private static Stream<Question> answered(Work work, UpdateRows.QuestionRow row) {
        return UpdateItem.ofKey(row.item()).stream()
                .map(item -> new Question(
                        row.id(),
                        work.patient(),
                        work.visit(),
                        item,
                        row.label(),
                        new PractitionerId(row.practitioner()),
                        row.askedAt(),
                        "",
                        work.kind(),
                        row.answer(),
                        row.answerText(),
                        row.answeredAt()));
    }

    private Work withNames(Actor actor, Row row) {
        Work work = row.work();
        Set<UserId> wanted = new java.util.HashSet<>();
        if (work.owner() != null && !work.owner().equals(actor.user())) {
            wanted.add(work.owner());
        }
        UUID poster = row.postedBy();
        if (poster != null) {
            wanted.add(new UserId(poster));
        }
        if (wanted.isEmpty()) {
            return owned(work, work.owner() == null ? null : actor.name(), null);
        }
        Map<UserId, String> known = names.names(wanted);
        String owner = work.owner() == null
                ? null
                : work.owner().equals(actor.user()) ? actor.name() : known.getOrDefault(work.owner(), "somebody");
        return owned(work, owner, poster == null ? null : known.getOrDefault(new UserId(poster), "somebody"));
    }

    private Ground ground(Row row, ChartReader.Standing standing) {
        Work work = row.work();
        List<Ground.Line> checklist = row.checklist().stream()
                .flatMap(
                        line -> UpdateItem.ofKey(line.item()).stream().map(item -> new Ground.Line(item, line.label())))
                .toList();
        Map<UpdateItem, Ground.Decided> decided = new EnumMap<>(UpdateItem.class);
        row.items()
                .forEach(each -> UpdateItem.ofKey(each.item())
                        .ifPresent(item -> decided.put(item, new Ground.Decided(each.state(), each.reason()))));
        Set<UpdateItem> asked = EnumSet.noneOf(UpdateItem.class);
        row.questions().stream()
                .filter(question -> question.answeredAt() == null)
                .forEach(question -> UpdateItem.ofKey(question.item()).ifPresent(asked::add));
        return new Ground(
                work,
                now(),
                zone(work.facility()),
                row.birth(),
                standing,
                checklist,
                decided,
                asked,
                clinicians.at(work.facility()));
    }

    /** Begins afresh: who stated it and when default from the visit and its source. */
    private static UpdateSheet fresh(Ground ground, List<SourceText> sources) {
        Work work = ground.work();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("version", Integer.toString(work.version()));
        fields.put("said.by", "practitioner");
        SourceText source = sources.isEmpty() ? null : sources.get(0);
        PractitionerId who = source == null || source.practitioner() == null ? work.attending() : source.practitioner();
        if (who != null) {
            fields.put("said.who", who.toString());
        }
        Instant at = source == null ? work.ended() : source.statedAt();
        fields.put("said.on", DATE.format(at.atZone(ground.zone())));
        fields.put("said.time", TIME.format(at.atZone(ground.zone())).toLowerCase(Locale.US));
        if (source != null) {
            fields.put("said.from", source.kind());
            fields.put("said.ref", source.entry().toString());
        }
        Stream.concat(
                        ground.standing().listed().stream(),
                        ground.standing().ofVisit().stream()
                                .filter(entry -> ground.standing().comments().containsKey(entry.id())))
                .forEach(entry -> fields.put("v." + entry.id(), Integer.toString(entry.version())));
        return new UpdateSheet(fields);
    }

    private UpdateSheet read(String content) {
        return new UpdateSheet(json.readValue(content, new TypeReference<Map<String, String>>() {}));
    }

    /** What others wrote on the lists and of the visit since a draft began. */
    private static List<String> since(Actor actor, Base base, Ground ground) {
        Map<EntryId, EntryView> all = new LinkedHashMap<>();
        ground.standing().listed().forEach(entry -> all.put(entry.id(), entry));
        ground.standing().ofVisit().forEach(entry -> all.put(entry.id(), entry));
        return all.values().stream()
                .filter(entry -> entry.enteredAt().isAfter(base.at())
                        && !entry.enteredByUser().equals(actor.user()))
                .map(entry -> entry.type().label() + " “" + entry.content().title() + "” "
                        + (entry.version() == 1 ? "added" : "changed") + " "
                        + DAY_AND_TIME
                                .format(entry.enteredAt().atZone(ground.zone()))
                                .replace("AM", "am")
                                .replace("PM", "pm"))
                .toList();
    }

    // Draft and posting
    // ---------------------------------------------------------------------------------------------------

    @Override
    @Requires(Permission.VISIT_UPDATE)
    @Transactional
    public Draft keep(PatientId patient, EncounterId visit, UpdateSheet typed) {
        Actor actor = current.get();
        Row row = row(patient, visit, actor, true);
        Work work = row.work();
        held(actor, row, typed);
        if (work.owner() == null && !work.state().equals("posted")) {
            take(actor, work);
        }
        unmoved(row, typed);
        Instant now = now();
        int number = rows.keep(
                work.id(), actor.user(), new Base(now, work.version()), json.writeValueAsString(typed.fields()), now);
        audit.record(AuditEvent.done("visit-update.draft")
                .of(patient)
                .at(work.facility())
                .on("encounter", visit)
                .version(number));
        return new Draft(now, number, view(actor, row, typed));
    }

    /** Somebody else may hold it, or may have posted it since it was read. */
    private void held(Actor actor, Row row, UpdateSheet typed) {
        Work work = row.work();
        if (work.owner() != null && !work.owner().equals(actor.user())) {
            throw new UpdateConflict(name(work.owner()), now(), work.version());
        }
        if (!typed.is("version", Integer.toString(work.version()))) {
            UUID poster = row.postedBy();
            String who = poster == null ? "Somebody else" : name(new UserId(poster));
            Instant at = work.postedAt() == null ? now() : work.postedAt();
            ChartReader.Standing standing = reader.standing(actor, work.patient(), work.visit(), LATEST);
            throw conflicts.ofVisit(who, at, ground(row, standing), typed);
        }
    }

    /** The same person may have gone on with the draft in another window; neither must swallow the other. */
    private void unmoved(Row row, UpdateSheet typed) {
        UpdateRows.DraftRow draft = row.draft();
        if (draft == null || !typed.has(DRAFT_NUMBER) || typed.is(DRAFT_NUMBER, Integer.toString(draft.number()))) {
            return;
        }
        String window = read(draft.content()).get(DRAFT_WINDOW);
        // A window whose last answer got lost sends the number before it.
        if (!window.isEmpty() && typed.is(DRAFT_WINDOW, window)) {
            return;
        }
        String at = SECONDS.format(draft.savedAt().atZone(zone(row.work().facility())))
                .toLowerCase(Locale.US);
        throw new Rejected("Another window of yours saved this draft at " + at
                + ". Reload to go on with that, or keep or post once more to put this page in its place");
    }

    @Override
    @Requires(Permission.VISIT_UPDATE)
    @Transactional
    public Posted post(PatientId patient, EncounterId visit, int version, String key, UpdateSheet typed) {
        Actor actor = current.get();
        UpdateSheet sheet = typed.with("version", Integer.toString(version));
        String answer = idempotency.once(key, () -> write(post(actor, row(patient, visit, actor, true), sheet)));
        return readPosted(answer);
    }

    private Posted post(Actor actor, Row row, UpdateSheet sheet) {
        Work work = row.work();
        if (work.leftAs() != null) {
            throw new Rejected("This visit is " + work.leftAs() + ".");
        }
        held(actor, row, sheet);
        unmoved(row, sheet);
        ChartReader.Standing standing = reader.standing(actor, work.patient(), work.visit(), LATEST);
        Ground ground = ground(row, standing);
        Plan plan = planner.plan(sheet, ground);
        conflicts.check(actor, plan);
        List<Problem> obstacles = plan.obstacles();
        if (!obstacles.isEmpty()) {
            throw new Rejected(obstacles);
        }
        List<Written> written = write(plan);
        Instant now = now();
        PractitionerId signer = plan.said.signer();
        rows.decide(
                work.id(), decisions(plan), plan.source().kind(), plan.source().reference(), actor.user(), now);
        if (signer != null) {
            plan.items().stream()
                    .filter(item -> Planner.NOT_DOCUMENTED.equals(item.state()) && !item.asked())
                    .forEach(item -> rows.ask(work, item.item().key(), item.label(), signer, actor.user(), now));
        }
        int pending = (int) written.stream().filter(Written::pending).count();
        rows.posted(
                work.id(),
                actor.user(),
                signer,
                written.stream().map(each -> each.entry().value()).toList(),
                pending,
                now);
        rows.dropDraft(work.id(), actor.user());
        audit.record(AuditEvent.done("visit-update.post")
                .of(work.patient())
                .at(work.facility())
                .on("encounter", work.visit())
                .version(work.version() + 1)
                .count(written.size()));
        return new Posted(
                written.stream().map(Written::entry).toList(),
                pending,
                plan.signers().stream().map(plan.said::name).collect(Collectors.toSet()),
                plan.words());
    }

    private static List<Decision> decisions(Plan plan) {
        List<Decision> decisions = new ArrayList<>();
        for (Item item : plan.items()) {
            if (item.state() != null) {
                String why =
                        Planner.WHY_NOT.get(plan.sheet.get("why." + item.item().key()));
                decisions.add(new Decision(
                        item.item().key(), item.state(), item.state().equals(Planner.NOT_APPLICABLE) ? why : null));
            }
        }
        return decisions;
    }

    /** What the writer refuses is said at the field that the command came from. */
    private List<Written> write(Plan plan) {
        List<Plan.Step> steps = plan.steps();
        if (steps.isEmpty()) {
            return List.of();
        }
        List<EntryCommand> commands = steps.stream().map(Plan.Step::command).toList();
        try {
            return writer.write(commands);
        } catch (Rejected rejected) {
            throw new Rejected(rejected.problems().stream()
                    .map(problem -> new Problem(field(steps, problem.field()), problem.message(), false))
                    .toList());
        }
    }

    private static @Nullable String field(List<Plan.Step> steps, @Nullable String field) {
        if (steps.size() == 1) {
            return steps.get(0).field();
        }
        if (field == null || !field.startsWith("commands[")) {
            return null;
        }
        int index = Integer.parseInt(field.substring(9, field.indexOf(']')));
        return steps.get(index).field();
    }

    private String write(Posted posted) {
        return json.writeValueAsString(new Kept(
                posted.entries().stream().map(EntryId::toString).toList(),
                posted.pending(),
                List.copyOf(posted.signers()),
                posted.words()));
    }

    private Posted readPosted(String answer) {
        Kept kept = json.readValue(answer, Kept.class);
        return new Posted(
                kept.entries().stream().map(EntryId::of).toList(),
                kept.pending(),
                Set.copyOf(kept.signers()),
                kept.words());
    }

    /** The answer as it is kept for a repeated submit. */
    record Kept(List<String> entries, int pending, List<String> signers, String words) {}

    // Questions
    // -----------------------------------------------------------------------------------------------------------

    @Override
    @Requires(Permission.CHART_SIGN)
    @Transactional(readOnly = true)
    public List<Question> questions(Actor actor, int limit) {
        if (actor.practitioner() == null) {
            return List.of();
        }
        List<UpdateRows.Asked> asked = rows.questions(actor.practitioner(), limit);
        Map<UserId, String> known =
                names.names(asked.stream().map(UpdateRows.Asked::askedBy).collect(Collectors.toSet()));
        return asked.stream()
                .flatMap(row -> UpdateItem.ofKey(row.item()).stream()
                        .map(item -> new Question(
                                row.id(),
                                row.patient(),
                                row.visit(),
                                item,
                                row.label(),
                                row.practitioner(),
                                row.askedAt(),
                                known.getOrDefault(row.askedBy(), "somebody"),
                                row.kind() + " of "
                                        + DAY_AND_TIME
                                                .format(row.started().atZone(zone(row.facility())))
                                                .replace("AM", "am")
                                                .replace("PM", "pm"),
                                null,
                                null,
                                null)))
                .toList();
    }

    @Override
    @Requires(Permission.CHART_SIGN)
    @Transactional
    public void answer(Actor actor, PatientId patient, UUID question, String answer, String text) {
        PractitionerId me = actor.practitioner();
        if (me == null) {
            throw new NotAllowed("only a practitioner answers");
        }
        UpdateRows.Asked asked = rows.question(patient, question)
                .filter(each -> each.practitioner().equals(me))
                .orElseThrow(() -> new NotFound("question " + question + " of patient " + patient));
        if (asked.answeredAt() != null) {
            throw new Rejected("This question is answered already.");
        }
        if (!ANSWERS.contains(answer)) {
            throw new Rejected(List.of(Problem.error("answer", "Choose an answer")));
        }
        if (answer.equals("words") && text.isBlank()) {
            throw new Rejected(List.of(Problem.error("text", "Say what should be entered")));
        }
        Instant now = now();
        rows.answer(question, answer, text.isBlank() ? null : text.strip(), actor.user(), now);
        if (answer.equals("words")) {
            rows.returned(asked.visit(), now);
        } else {
            rows.decide(
                    asked.update(),
                    List.of(new Decision(asked.item(), answer, "answered by the clinician")),
                    "direct",
                    null,
                    actor.user(),
                    now);
        }
        audit.record(AuditEvent.done("visit-question.answer")
                .of(patient)
                .at(asked.facility())
                .on("question", question)
                .because(answer));
    }

    @Override
    @Requires(Permission.VISIT_UPDATE)
    @Transactional(readOnly = true)
    public Optional<SourceText> lastNote(PatientId patient, EncounterId visit) {
        return reader
                .entries(current.get(), patient, ChartReader.Filter.of(org.chartkeeper.chart.EntryType.NOTE), null, 10)
                .items()
                .stream()
                .filter(entry -> !visit.equals(entry.encounter()))
                .limit(1)
                .flatMap(entry -> Sources.of(List.of(entry)).stream())
                .findFirst();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
