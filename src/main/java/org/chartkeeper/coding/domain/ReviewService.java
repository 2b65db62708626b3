package org.chartkeeper.coding.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.coding.Kappa;
import org.chartkeeper.coding.SecondReviews;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.ActorNames;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Second reviews from the blind coding to the figures. */
@Service
class ReviewService implements SecondReviews {

    private static final String ALL = "All coders";
    private static final Set<String> RIGHT = Set.of("both", "coder", "reviewer", "neither");

    private final ReviewRows rows;
    private final CaseRepository cases;
    private final CodeRepository codes;
    private final CaseRows caseRows;
    private final QueryRows queries;
    private final SecondLook secondLook;
    private final ActorNames names;
    private final Directory directory;
    private final AuditTrail audit;
    private final Clock clock;

    ReviewService(
            ReviewRows rows,
            CaseRepository cases,
            CodeRepository codes,
            CaseRows caseRows,
            QueryRows queries,
            SecondLook secondLook,
            ActorNames names,
            Directory directory,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.cases = cases;
        this.codes = codes;
        this.caseRows = caseRows;
        this.queries = queries;
        this.secondLook = secondLook;
        this.names = names;
        this.directory = directory;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    @Requires(Permission.CODING_REVIEW)
    @Transactional(readOnly = true)
    public List<Waiting> waiting(Actor actor, int limit) {
        return rows.list(actor, limit).stream()
                .map(row -> new Waiting(
                        row.caseId(),
                        row.patient(),
                        row.facility(),
                        why(row),
                        row.openedAt(),
                        row.reviewer() != null,
                        row.comparedAt() != null))
                .toList();
    }

    /** Which rule a case was drawn for says something of the first codes: not before they are compared. */
    private static String why(ReviewRows.Waiting review) {
        return review.comparedAt() != null || review.why().startsWith(SecondLook.SHARE) ? review.why() : "by a rule";
    }

    @Override
    @Requires(Permission.CODING_REVIEW)
    @Transactional
    public void compare(Actor actor, UUID coded, PatientId patient) {
        CaseEntity entity = locked(actor, coded, patient);
        if (!secondLook.isReviewer(actor, entity.work())) {
            throw new Rejected("This case is not yours to review.");
        }
        ReviewRows.Waiting review = rows.waiting(coded).orElseThrow(() -> new NotFound("review of " + coded));
        List<CodeEntity> second = codes.of(coded, "review");
        if (second.isEmpty()) {
            throw new Rejected("Code the case first: nothing of yours is there to compare.");
        }
        Instant now = now();
        rows.begin(review.id(), actor.user().value(), now);
        rows.compared(review.id(), Comparing.lines(codes.of(coded, "coder"), second, poa(entity)), now);
        audit.record(AuditEvent.done("coding-review.compare")
                .of(patient)
                .at(review.facility())
                .on("coding-case", coded));
    }

    private boolean poa(CaseEntity entity) {
        return CaseService.reportsPoa(entity.work(), caseRows.policy(new FacilityId(entity.facilityId)));
    }

    @Override
    @Requires({Permission.CODING_REVIEW, Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public Optional<Comparison> comparison(Actor actor, UUID coded) {
        if (caseRows.find(coded)
                .filter(work -> actor.facilities().contains(work.facility()))
                .isEmpty()) {
            return Optional.empty();
        }
        return rows.latest(coded)
                .filter(review -> actor.facilities().contains(review.facility()))
                .filter(review -> review.comparedAt() != null)
                .filter(review -> actor.user().equals(review.reviewer())
                        || actor.user().equals(review.coder())
                        || actor.may(Permission.CODING_SUPERVISE))
                .map(review -> {
                    Map<UserId, String> who = names.names(java.util.stream.Stream.of(review.coder(), review.reviewer())
                            .filter(Objects::nonNull)
                            .toList());
                    return new Comparison(
                            review.id(),
                            coded,
                            review.patient(),
                            who.getOrDefault(review.coder(), "the coder"),
                            review.reviewer() == null ? "" : who.getOrDefault(review.reviewer(), "the reviewer"),
                            review.closedAt(),
                            review.closedAt() == null && actor.user().equals(review.reviewer()),
                            rows.lines(review.id()).stream()
                                    .map(line -> new Line(
                                            line.position(),
                                            line.section(),
                                            line.element(),
                                            line.about(),
                                            line.coderCode(),
                                            line.reviewerCode(),
                                            line.principal(),
                                            line.rightOne(),
                                            line.reason()))
                                    .toList());
                });
    }

    @Override
    @Requires(Permission.CODING_REVIEW)
    @Transactional
    public void close(Actor actor, UUID coded, PatientId patient, List<Verdict> verdicts) {
        CaseEntity entity = locked(actor, coded, patient);
        ReviewRows.Waiting review = rows.waiting(coded)
                .filter(each -> each.comparedAt() != null && actor.user().equals(each.reviewer()))
                .orElseThrow(() -> new Rejected("This review is not yours or closed already."));
        Map<Integer, Verdict> said =
                verdicts.stream().collect(Collectors.toMap(Verdict::position, Function.identity(), (one, two) -> two));
        List<Problem> problems = new ArrayList<>();
        boolean clean = true;
        for (ReviewRows.Line line : rows.lines(review.id())) {
            if ("both".equals(line.rightOne())) {
                continue;
            }
            Verdict verdict = said.get(line.position());
            if (verdict == null || !RIGHT.contains(verdict.right())) {
                problems.add(Problem.error("right-" + line.position(), "Say who is right at " + shown(line) + "."));
            } else if (verdict.reason().strip().length() < 3) {
                problems.add(Problem.error("reason-" + line.position(), "Say why at " + shown(line) + "."));
            } else {
                rows.judge(
                        review.id(),
                        line.position(),
                        verdict.right(),
                        verdict.reason().strip());
                clean &= verdict.right().equals("coder");
            }
        }
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
        List<String> amended = codes.of(coded, "coder").stream()
                .filter(code -> code.toReview != null)
                .map(code -> code.code)
                .toList();
        Instant now = now();
        rows.close(review.id(), now);
        boolean grown = entity.visits.stream().anyMatch(visit -> visit.addedAt().isAfter(review.openedAt()));
        if (clean && amended.isEmpty() && !grown) {
            queries.close(coded, now);
            entity.state = "final coded";
            entity.finalBy = entity.coder;
            entity.finalAt = now;
            entity.claimedBy = null;
            entity.claimedAt = null;
        } else {
            entity.state = CaseService.resting(entity);
            entity.claimedBy = entity.coder;
        }
        entity.changedAt = now;
        cases.saveAndFlush(entity);
        caseRows.step(
                coded,
                entity.state,
                !clean
                        ? "second review: back to the coder with differences"
                        : !amended.isEmpty()
                                ? "second review: back to the coder, evidence was amended meanwhile"
                                : grown
                                        ? "second review: back to the coder, another visit of the series came meanwhile"
                                        : "second review: all stands",
                amended.isEmpty() ? null : String.join(", ", amended),
                actor.user().value(),
                now);
        audit.record(AuditEvent.done("coding-review.close")
                .of(patient)
                .at(review.facility())
                .on("coding-case", coded));
    }

    private static String shown(ReviewRows.Line line) {
        if (!line.element().equals(Comparing.CODE)) {
            return Comparing.name(line.element()) + (line.about() == null ? "" : " of " + line.about());
        }
        return line.coderCode() != null ? line.coderCode() : String.valueOf(line.reviewerCode());
    }

    private CaseEntity locked(Actor actor, UUID coded, PatientId patient) {
        CaseEntity entity = cases.lock(coded)
                .filter(each -> actor.facilities().contains(new FacilityId(each.facilityId)))
                .filter(each -> caseRows.find(coded).isPresent())
                .orElseThrow(() -> new NotFound("coding case " + coded));
        if (!entity.patientId.equals(patient.value())) {
            throw new NotAllowed("the form is of another patient");
        }
        return entity;
    }

    // Figures ---------------------------------------------------------------------------------------------------------

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public List<Month> accuracy(Actor actor, @Nullable FacilityId facility, YearMonth from) {
        List<FacilityId> places = actor.facilities().stream()
                .filter(each -> facility == null || facility.equals(each))
                .toList();
        UUID only = actor.may(Permission.CODING_SUPERVISE) ? null : actor.user().value();
        record Key(UserId coder, YearMonth month) {}
        Map<FacilityId, ZoneId> zones = directory.facilities().stream()
                .collect(Collectors.toMap(Directory.Facility::id, Directory.Facility::zone));
        BiFunction<FacilityId, Instant, YearMonth> month =
                (place, at) -> YearMonth.from(at.atZone(zones.getOrDefault(place, ZoneOffset.UTC)));
        // A day more than any zone is away from UTC; what is of the month before falls out by its month.
        Instant since = from.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().minus(1, ChronoUnit.DAYS);
        Map<Key, List<ReviewRows.Judged>> judged = rows.judged(places, only, since).stream()
                .collect(Collectors.groupingBy(
                        each -> new Key(each.coder(), month.apply(each.facility(), each.closedAt())),
                        LinkedHashMap::new,
                        Collectors.toList()));
        Map<Key, List<ReviewRows.Final>> finals = rows.finals(places, only, since).stream()
                .collect(Collectors.groupingBy(
                        each -> new Key(each.coder(), month.apply(each.facility(), each.at())),
                        LinkedHashMap::new,
                        Collectors.toList()));
        Set<Key> keys = new java.util.LinkedHashSet<>(finals.keySet());
        keys.addAll(judged.keySet());
        keys.removeIf(key -> key.month().isBefore(from));
        Map<UserId, String> who = names.names(keys.stream().map(Key::coder).collect(Collectors.toSet()));
        List<Month> months = new ArrayList<>(keys.stream()
                .map(key -> month(
                        key.coder(),
                        who.getOrDefault(key.coder(), "somebody"),
                        key.month(),
                        judged.getOrDefault(key, List.of()),
                        finals.getOrDefault(key, List.of())))
                .toList());
        keys.stream().collect(Collectors.groupingBy(Key::month)).forEach((each, of) -> {
            if (of.size() > 1) {
                months.add(month(null, ALL, each, together(of, judged), together(of, finals)));
            }
        });
        months.sort(Comparator.comparing(Month::month)
                .reversed()
                .thenComparing(each -> each.coder() == null)
                .thenComparing(Month::coderName));
        return List.copyOf(months);
    }

    private static <K, T> List<T> together(List<K> keys, Map<K, List<T>> of) {
        return keys.stream()
                .flatMap(key -> of.getOrDefault(key, List.of()).stream())
                .toList();
    }

    private static Month month(
            @Nullable UserId coder,
            String name,
            YearMonth month,
            List<ReviewRows.Judged> lines,
            List<ReviewRows.Final> finals) {
        return new Month(
                coder,
                name,
                month,
                cases(lines, each -> true),
                cases(lines, ReviewRows.Judged::reopened),
                counted(lines, each -> each.element().equals(Comparing.CODE)),
                counted(lines, ReviewRows.Judged::principal),
                counted(lines, each -> each.element().equals(Comparing.POA)),
                counted(lines, each -> Comparing.DETAILS.contains(each.element())),
                Kappa.of(lines.stream()
                        .filter(each -> each.element().equals(Comparing.CODE))
                        .map(each -> new Kappa.Pair(each.coderCode(), each.reviewerCode()))
                        .toList()),
                count(finals, each -> !each.again()),
                count(finals, ReviewRows.Final::again),
                count(finals, ReviewRows.Final::over),
                count(finals, each -> !each.again() && each.reopened()));
    }

    private static int cases(List<ReviewRows.Judged> lines, Predicate<ReviewRows.Judged> which) {
        return (int) lines.stream()
                .filter(which)
                .map(ReviewRows.Judged::review)
                .distinct()
                .count();
    }

    private static Counted counted(List<ReviewRows.Judged> lines, Predicate<ReviewRows.Judged> which) {
        List<ReviewRows.Judged> these = lines.stream().filter(which).toList();
        return new Counted(
                these.size(),
                count(these, each -> each.right().equals("both") || each.right().equals("coder")));
    }

    private static <T> int count(List<T> all, Predicate<T> which) {
        return (int) all.stream().filter(which).count();
    }

    @Override
    @Requires(Permission.CODING_SUPERVISE)
    @Transactional(readOnly = true)
    public List<Share> shares(Actor actor) {
        return rows.shares(actor.facilities());
    }

    @Override
    @Requires(Permission.CODING_SUPERVISE)
    @Transactional
    public void share(Actor actor, UserId coder, @Nullable Integer percent) {
        if (percent != null && (percent < 0 || percent > 100)) {
            throw new Rejected(List.of(Problem.error("percent-" + coder, "A share is between 0 and 100.")));
        }
        rows.share(coder.value(), percent);
        audit.record(AuditEvent.done("coding-review.share")
                .on("user", coder)
                .details(percent == null ? "facility" : percent.toString()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
