package org.chartkeeper.coding.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.Content.MedicationOrder;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.OrderProposals;
import org.chartkeeper.chart.Sig;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.CodingCase.Prescription;
import org.chartkeeper.coding.CodingCases.Happened;
import org.chartkeeper.coding.CodingCases.Source;
import org.chartkeeper.coding.CodingCases.Told;
import org.chartkeeper.coding.CodingCheck;
import org.chartkeeper.coding.Finding;
import org.chartkeeper.coding.OrderChecks;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.prescription.OrderNumbers;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.Uuid7;
import org.chartkeeper.terminology.DrugBook;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The worklist of prescriptions and its bench. Every look at one order checks it anew. */
@Service
class OrderCheckService implements OrderChecks {

    private final OrderRows rows;
    private final OrderFacts facts;
    private final CodingCheck check;
    private final ChartReader reader;
    private final OrderProposals proposals;
    private final DrugBook drugs;
    private final Directory directory;
    private final AuditTrail audit;
    private final Clock clock;

    OrderCheckService(
            OrderRows rows,
            OrderFacts facts,
            CodingCheck check,
            ChartReader reader,
            OrderProposals proposals,
            ObjectProvider<DrugBook> drugs,
            Directory directory,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.facts = facts;
        this.check = check;
        this.reader = reader;
        this.proposals = proposals;
        this.drugs = drugs.getIfAvailable(() -> NothingLoaded.DRUGS);
        this.directory = directory;
        this.audit = audit;
        this.clock = clock;
    }

    // Reading ---------------------------------------------------------------------------------------------------------

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Slice<Work> list(Actor actor, Filter filter, @Nullable String after, int limit) {
        List<Work> found = rows.list(actor, filter, clock.instant(), OrderRows.OrderKey.of(after), limit + 1);
        if (found.size() <= limit) {
            return new Slice<>(found, null);
        }
        List<Work> page = found.subList(0, limit);
        return new Slice<>(page, rows.key(page.get(limit - 1).order()).toString());
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Counts counts(Actor actor, @Nullable FacilityId facility) {
        return rows.counts(actor, facility);
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public List<Prescriber> prescribers(Actor actor, @Nullable FacilityId facility) {
        return rows.prescribers(actor, facility);
    }

    /** An order with all that it is checked against, as it stands now. */
    private record Look(
            OrderRows.Whole whole,
            OrderFacts.Facts read,
            int place,
            EntryView entry,
            MedicationOrder order,
            List<Finding> findings) {

        Prescription prescription() {
            return read.coded().prescriptions().get(place);
        }

        List<EntryView> diagnoses() {
            return read.entries().values().stream()
                    .filter(each -> !each.proposed() && each.content() instanceof Content.Condition)
                    .toList();
        }
    }

    private Optional<Look> look(Actor actor, UUID id) {
        return rows.whole(actor, id).flatMap(whole -> {
            OrderFacts.Facts read =
                    facts.read(actor, whole.patient(), whole.person(), LocalDate.now(clock), entry -> true);
            int place = read.place(new EntryId(id));
            if (place < 0 || !(read.orders().get(place).content() instanceof MedicationOrder order)) {
                return Optional.empty();
            }
            return Optional.of(new Look(
                    whole,
                    read,
                    place,
                    read.orders().get(place),
                    order,
                    OrderFacts.byOrder(check.checkPrescriptions(read.coded())).getOrDefault(place, List.of())));
        });
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Optional<Bench> bench(Actor actor, UUID order) {
        return look(actor, order).map(look -> bench(actor, look));
    }

    private Bench bench(Actor actor, Look look) {
        EntryView entry = look.entry();
        ZoneId zone = facts.zone(entry.facility());
        List<EntryView> visit = entry.encounter() == null
                ? List.of()
                : reader.ofEncounter(actor, entry.patient(), entry.encounter()).stream()
                        .filter(each -> !each.retracted()
                                && !each.proposed()
                                && !each.id().equals(entry.id()))
                        .toList();
        List<Source> sources = CaseFacts.sources(visit, zone);
        boolean proposable = !look.order().status().equals("draft") && entry.pendingKind() == null;
        OrderRows.Step last = lastProposal(look.whole().steps());
        String state = last != null && "declined".equals(last.outcome()) && entry.pendingKind() == null
                ? "declined"
                : OrderRecheck.state(entry, null);
        List<Checked> checked = new ArrayList<>();
        for (Finding finding : look.findings()) {
            OrderRows.Step answer = answer(look.whole().steps(), OrderFacts.key(finding));
            checked.add(new Checked(
                    new Told(
                            OrderFacts.key(finding),
                            finding,
                            null,
                            answer == null ? null : answer.reason(),
                            answer == null ? null : answer.by()),
                    repaired(look, finding)
                            .map(now -> OrderChange.words(look.order(), now))
                            .filter(words -> !words.isEmpty())
                            .orElse(null)));
        }
        return new Bench(
                new Work(
                        entry.id().value(),
                        entry.patient(),
                        entry.facility(),
                        entry.encounter(),
                        entry.version(),
                        entry.content().title(),
                        look.order().dosage() == null
                                ? ""
                                : look.order().dosage().text(),
                        entry.statedByPractitioner(),
                        entry.statedBy(),
                        entry.event(),
                        look.order().status().equals("draft"),
                        state,
                        last == null || !state.equals("declined") && !state.equals("returned") ? null : last.said(),
                        false,
                        List.of()),
                ordered(look),
                sources,
                List.copyOf(checked),
                check.prescriptionTables(),
                values(look.order()),
                look.diagnoses().stream()
                        .map(each -> new Diagnosis(
                                each.id(),
                                each.content().title(),
                                ((Content.Condition) each.content()).code().code(Concept.ICD10CM)))
                        .toList(),
                proposable && entry.statedByPractitioner() == null
                        ? directory.practitionersAt(entry.facility())
                        : List.of(),
                proposed(actor, look, last),
                proposable,
                look.whole().steps().stream().map(OrderCheckService::happened).toList());
    }

    private static @Nullable Proposed proposed(Actor actor, Look look, OrderRows.@Nullable Step last) {
        if (look.entry().pendingKind() == null) {
            return null;
        }
        EntryView proposal = look.read().proposals().get(look.entry().id().toString());
        String change = proposal != null && proposal.content() instanceof MedicationOrder now
                ? OrderChange.words(look.order(), now)
                : "";
        boolean ours = last != null
                && proposal != null
                && proposal.id().value().equals(last.proposal())
                && ("waiting".equals(last.outcome()) || "returned".equals(last.outcome()));
        return last == null || !ours
                ? new Proposed(change, "", false)
                : new Proposed(
                        change, last.by(), last.user().equals(actor.user().value()));
    }

    private static OrderRows.@Nullable Step lastProposal(List<OrderRows.Step> steps) {
        OrderRows.Step last = null;
        for (OrderRows.Step step : steps) {
            last = step.what().equals("proposed") ? step : last;
        }
        return last;
    }

    /** The answer that holds for a finding; null where it is open. */
    private static OrderRows.@Nullable Step answer(List<OrderRows.Step> steps, String key) {
        OrderRows.Step last = null;
        for (OrderRows.Step step : steps) {
            last = key.equals(step.finding()) ? step : last;
        }
        return last != null && last.what().equals("answered") ? last : null;
    }

    private static Happened happened(OrderRows.Step step) {
        String what = switch (step.what()) {
            case "answered" -> "answered for " + step.rule();
            case "taken back" -> "took the answer for " + step.rule() + " back";
            case "withdrawn" -> "took the proposal back";
            default ->
                "proposed a change"
                        + (step.outcome() == null
                                ? ""
                                : ": "
                                        + step.outcome()
                                        + (step.said() == null || step.outcome().equals("waiting")
                                                ? ""
                                                : ", “" + step.said() + "”"));
        };
        return new Happened(Instant.parse(instant(step.at())), step.by(), what, step.reason());
    }

    /** The database writes the offset with hours alone. */
    private static String instant(String text) {
        return java.time.OffsetDateTime.parse(text.matches(".*[+-]\\d{2}") ? text + ":00" : text)
                .toInstant()
                .toString();
    }

    /** What was ordered, line by line. */
    private List<Fact> ordered(Look look) {
        MedicationOrder order = look.order();
        Prescription said = look.prescription();
        OrderNumbers numbers = OrderNumbers.of(said, drugs, LocalDate.now(clock));
        List<Fact> lines = new ArrayList<>();
        lines.add(new Fact("Drug", order.medication().text(), null, ""));
        String rxnorm = said.rxnorm();
        if (rxnorm == null) {
            lines.add(new Fact("RxNorm", "—", "no code: the drug is told by its words", "warn"));
        } else {
            Optional<DrugBook.Drug> drug = drugs.drug(rxnorm);
            lines.add(new Fact(
                    "RxNorm",
                    rxnorm,
                    drug.map(each -> (each.termType().isEmpty() ? "" : each.termType() + ", ")
                                    + status(each.status())
                                    + ": "
                                    + each.name()
                                    + " (" + each.edition() + ")")
                            .orElse(drugs.edition().isPresent() ? "in no loaded table" : "no RxNorm table is loaded"),
                    drug.map(each -> each.status() == DrugBook.Status.ACTIVE ? "ok" : "")
                            .orElse("warn")));
        }
        lines.add(ndc(said.ndc(), numbers));
        String sig = order.dosage() == null ? "" : order.dosage().text();
        String read = order.dosage() == null ? "" : Sig.words(order.dosage());
        lines.add(new Fact(
                "Directions",
                sig.isEmpty() ? "—" : sig,
                read.isEmpty() ? "read as nothing: only the words are kept" : "read as " + read,
                read.isEmpty() ? "warn" : ""));
        lines.add(new Fact(
                "Quantity",
                (order.quantity() == null ? "—" : order.quantity())
                        + (order.daysSupply() == null ? "" : " for " + order.daysSupply() + " days"),
                order.daysSupply() == null ? "days’ supply is not said" : null,
                ""));
        lines.add(new Fact(
                "Refills", order.refills() == null ? "—" : order.refills().toString(), null, ""));
        if (!numbers.schedule().isEmpty()) {
            lines.add(new Fact("Schedule", numbers.schedule(), numbers.scheduleTable(), "note"));
        }
        lines.add(new Fact(
                "For",
                order.indication() == null ? "—" : order.indication(),
                order.indicationOf() == null
                        ? order.indication() == null ? "no diagnosis" : "in words, linked to no diagnosis"
                        : said.indication() == null
                                ? "linked to the chart, without an ICD-10-CM code"
                                : said.indication(),
                order.indicationOf() == null ? "warn" : "ok"));
        lines.add(new Fact(
                "Dates",
                "ordered " + day(said.ordered())
                        + (said.start() == null ? "" : ", from " + day(said.start()))
                        + (said.end() == null ? "" : ", until " + day(said.end())),
                order.status().equals("active") ? null : order.status(),
                ""));
        lines.add(prescriber(look, numbers));
        return List.copyOf(lines);
    }

    private static String day(@Nullable LocalDate day) {
        return day == null ? "—" : day.format(CaseFacts.DAY);
    }

    private static Fact ndc(@Nullable String entered, OrderNumbers numbers) {
        if (entered == null || entered.isBlank()) {
            return new Fact("NDC", "—", null, "");
        }
        if (numbers.ndc11() == null) {
            return new Fact(
                    "NDC",
                    entered,
                    numbers.ndcMayMean().isEmpty()
                            ? numbers.ndcShape() + ": no form of a package code"
                            : "ten digits without hyphens can mean " + String.join(", ", numbers.ndcMayMean()),
                    "warn");
        }
        return new Fact(
                "NDC",
                entered,
                numbers.ndcShape() + " · 5-4-2: " + numbers.ndcHyphened() + " · 11 digits: " + numbers.ndc11(),
                "");
    }

    private Fact prescriber(Look look, OrderNumbers numbers) {
        CodingCase.Prescriber said = look.prescription().prescriber();
        String npi = said == null ? null : said.npi();
        String dea = said == null ? null : said.dea();
        boolean wrong = Boolean.FALSE.equals(numbers.npiRight()) || Boolean.FALSE.equals(numbers.deaRight());
        return new Fact(
                "Prescriber",
                look.entry().statedBy(),
                (npi == null
                                ? "no NPI in the directory"
                                : "NPI " + npi
                                        + (Boolean.TRUE.equals(numbers.npiRight())
                                                ? ", check digit right"
                                                : ", check digit wrong"))
                        + " · "
                        + (dea == null
                                ? "no DEA number for this facility"
                                : "DEA " + dea
                                        + (Boolean.TRUE.equals(numbers.deaRight())
                                                ? ", check digit right"
                                                : ", check digit wrong")),
                wrong ? "stop" : npi == null ? "warn" : "");
    }

    private static String status(DrugBook.Status status) {
        return switch (status) {
            case ACTIVE -> "active";
            case OBSOLETE -> "obsolete";
            case REMAPPED -> "remapped";
            case QUANTIFIED -> "quantified";
            case NOT_CURRENT -> "not current";
            case UNSAID -> "status not said";
        };
    }

    private static Map<String, String> values(MedicationOrder order) {
        Map<String, String> values = new HashMap<>();
        values.put("quantity", Objects.requireNonNullElse(order.quantity(), ""));
        values.put("days", order.daysSupply() == null ? "" : order.daysSupply().toString());
        values.put("refills", order.refills() == null ? "" : order.refills().toString());
        values.put("directions", order.dosage() == null ? "" : order.dosage().text());
        values.put("ndc", Objects.requireNonNullElse(order.medication().code(CaseFacts.NDC), ""));
        values.put("rxnorm", Objects.requireNonNullElse(order.medication().code(Concept.RXNORM), ""));
        values.put("diagnosis", "");
        values.put("reason", "");
        return values;
    }

    // Changing --------------------------------------------------------------------------------------------------------

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE, Permission.VISIT_UPDATE})
    @Transactional
    public void answer(Actor actor, UUID order, PatientId patient, String finding, String reason) {
        Look look = mine(actor, order, patient);
        Finding found = finding(look, finding);
        String why = reason.strip();
        if (why.length() < 3) {
            throw new Rejected(
                    List.of(Problem.error("why-" + finding, "Say why " + found.rule() + " does not apply.")));
        }
        if (found.severity() == Severity.H && !actor.may(Permission.CODING_SUPERVISE)) {
            throw new Rejected(found.rule() + " is a hard stop: a supervisor may go over it with a reason.");
        }
        step(actor, look, "answered", finding, found, why, null);
        rows.rank(patient);
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE, Permission.VISIT_UPDATE})
    @Transactional
    public void unanswer(Actor actor, UUID order, PatientId patient, String finding) {
        Look look = mine(actor, order, patient);
        OrderRows.Step given = answer(look.whole().steps(), finding);
        if (given == null) {
            throw new Rejected("There is no answer to take back.");
        }
        rows.step(
                Uuid7.next(),
                order,
                patient,
                "taken back",
                finding,
                given.rule(),
                given.severity(),
                given.message(),
                "",
                null,
                actor.user().value(),
                now(),
                null);
        audited(actor, look, "taken back: " + given.rule());
        rows.rank(patient);
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE, Permission.VISIT_UPDATE})
    @Transactional
    public String propose(Actor actor, UUID order, PatientId patient, int version, Change change) {
        Look look = mine(actor, order, patient);
        OrderChange made = new OrderChange(look.order(), today(look));
        MedicationOrder now = made.typed(change, look.diagnoses(), drugs);
        if (change.reason().strip().length() < 3) {
            made.wrong().add(Problem.error("reason", "Tell the prescriber why."));
        }
        if (made.wrong().isEmpty() && OrderChange.words(look.order(), now).isEmpty()) {
            made.wrong().add(Problem.error("quantity", "Nothing is changed: say how the order shall be."));
        }
        PractitionerId prescriber = look.entry().statedByPractitioner() == null
                ? change.prescriber()
                : look.entry().statedByPractitioner();
        if (prescriber == null) {
            made.wrong().add(Problem.error("prescriber", "Choose who is to sign it: the order names nobody."));
        }
        if (!made.wrong().isEmpty() || prescriber == null) {
            throw new Rejected(made.wrong());
        }
        return propose(actor, look, version, now, prescriber, change.reason().strip(), null);
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE, Permission.VISIT_UPDATE})
    @Transactional
    public String proposeRepair(Actor actor, UUID order, PatientId patient, int version, String finding) {
        Look look = mine(actor, order, patient);
        Finding found = finding(look, finding);
        MedicationOrder now = repaired(look, found)
                .orElseThrow(() -> new Rejected("There is no repair for " + found.rule() + " to propose."));
        PractitionerId prescriber = look.entry().statedByPractitioner();
        if (prescriber == null) {
            throw new Rejected(List.of(Problem.error(
                    "prescriber", "The order names no prescriber of the directory: choose who is to sign below.")));
        }
        return propose(actor, look, version, now, prescriber, words(actor, look, found), found);
    }

    private String propose(
            Actor actor,
            Look look,
            int version,
            MedicationOrder now,
            PractitionerId prescriber,
            String reason,
            @Nullable Finding repaired) {
        if (look.order().status().equals("draft")) {
            throw new Rejected("A draft is changed by whoever drafts it; it is not in force yet.");
        }
        EntryId proposal =
                proposals.propose(actor, look.entry().patient(), look.entry().id(), version, now, prescriber, reason);
        step(actor, look, "proposed", null, repaired, reason, proposal.value());
        rows.state(look.entry().id().value(), "waiting");
        Directory.Practitioner who =
                directory.practitioners(List.of(prescriber)).get(prescriber);
        return who == null ? "the prescriber" : who.name();
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE, Permission.VISIT_UPDATE})
    @Transactional
    public void withdraw(Actor actor, UUID order, PatientId patient, String reason) {
        Look look = mine(actor, order, patient);
        OrderRows.Step last = lastProposal(look.whole().steps());
        UUID proposal = last == null ? null : last.proposal();
        if (proposal == null) {
            throw new Rejected("Nothing was proposed here.");
        }
        proposals.withdraw(actor, patient, new EntryId(proposal), reason);
        step(actor, look, "withdrawn", null, null, reason.strip(), proposal);
        rows.state(order, "open");
    }

    /** What the prescriber is told stands in the history of the order, which more people may read. */
    private String words(Actor actor, Look look, Finding found) {
        return closed(actor, look, found).isEmpty()
                ? found.rule() + ": " + found.message()
                : "The check of prescriptions found it; its words rest on records that are closed to some.";
    }

    /** The closed labels of what was read, where the finding would not be there without it; else empty. */
    private String closed(Actor actor, Look look, Finding found) {
        String labels = Labels.closed(look.read().entries().values());
        if (labels.isEmpty()) {
            return labels;
        }
        OrderFacts.Facts open =
                facts.read(actor, look.entry().patient(), look.whole().person(), LocalDate.now(clock), OrderFacts.OPEN);
        return OrderFacts.byOrder(check.checkPrescriptions(open.coded()))
                        .getOrDefault(open.place(look.entry().id()), List.of())
                        .stream()
                        .anyMatch(each -> OrderFacts.key(each).equals(OrderFacts.key(found)))
                ? ""
                : labels;
    }

    private Optional<MedicationOrder> repaired(Look look, Finding finding) {
        if (finding.repair() == null || look.order().status().equals("draft")) {
            return Optional.empty();
        }
        CodingCase after = check.apply(look.read().coded(), finding.repair());
        if (after.prescriptions().size() != look.read().coded().prescriptions().size()) {
            return Optional.empty();
        }
        // What a repair changes of another order, or of the case, is not this prescriber's to sign.
        for (int i = 0; i < after.prescriptions().size(); i++) {
            if (i != look.place()
                    && !after.prescriptions()
                            .get(i)
                            .equals(look.read().coded().prescriptions().get(i))) {
                return Optional.empty();
            }
        }
        return new OrderChange(look.order(), today(look))
                .repaired(look.prescription(), after.prescriptions().get(look.place()), look.diagnoses());
    }

    private LocalDate today(Look look) {
        return LocalDate.now(clock.withZone(facts.zone(look.entry().facility())));
    }

    private Look mine(Actor actor, UUID order, PatientId patient) {
        Look look = look(actor, order).orElseThrow(() -> new NotFound("medication order " + order));
        if (!look.entry().patient().equals(patient)) {
            throw new NotAllowed("the form is of another patient");
        }
        return look;
    }

    private static Finding finding(Look look, String key) {
        return look.findings().stream()
                .filter(each -> OrderFacts.key(each).equals(key))
                .findFirst()
                .orElseThrow(() -> new Rejected("This finding is gone: the chart has changed since."));
    }

    private void step(
            Actor actor,
            Look look,
            String what,
            @Nullable String key,
            @Nullable Finding finding,
            String reason,
            @Nullable UUID proposal) {
        rows.step(
                Uuid7.next(),
                look.entry().id().value(),
                look.entry().patient(),
                what,
                key,
                finding == null ? null : finding.rule(),
                finding == null ? null : finding.severity().name(),
                finding == null ? null : finding.message(),
                reason,
                proposal,
                actor.user().value(),
                now(),
                finding == null ? "" : closed(actor, look, finding));
        audited(actor, look, what + (finding == null ? "" : ": " + finding.rule()));
    }

    private void audited(Actor actor, Look look, String what) {
        audit.record(AuditEvent.done("prescription.check")
                .of(look.entry().patient())
                .at(look.entry().facility())
                .on("entry", look.entry().id())
                .version(look.entry().version())
                .details(what));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
