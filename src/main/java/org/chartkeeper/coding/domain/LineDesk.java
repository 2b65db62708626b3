package org.chartkeeper.coding.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.access.Directory;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.coding.Book;
import org.chartkeeper.coding.CaseJson;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.rule.Dx;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Uuid7;
import org.chartkeeper.terminology.CodeChoices;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Does what a coder does to the lines of a case; what is wrong with a code is found by the rules, not here. */
@Component
class LineDesk {

    private static final Pattern CPT = Pattern.compile("\\d{4}[0-9A-Z]");
    private static final Pattern HCPCS = Pattern.compile("[A-V]\\d{4}");
    private static final Pattern PCS = Pattern.compile("[0-9A-HJ-NP-Z]{7}");
    private static final Set<String> POA = Set.of("Y", "N", "U", "W", "E");
    private static final Set<String> ROLES = Set.of("principal", "secondary", "admitting", "reason");
    private static final List<String> ROLE_ORDER = List.of("principal", "secondary", "admitting", "reason");
    private static final int MOST_MODIFIERS = 4;

    private final CodeChoices choices;
    private final CodeLookup lookup;
    private final ChartReader reader;
    private final Directory directory;
    private final JsonMapper json;
    private final Clock clock;

    LineDesk(
            CodeChoices choices,
            CodeLookup lookup,
            ChartReader reader,
            Directory directory,
            JsonMapper json,
            Clock clock) {
        this.choices = choices;
        this.lookup = lookup;
        this.reader = reader;
        this.directory = directory;
        this.json = json;
        this.clock = clock;
    }

    /** Changes the lines and says what was done, for the history. */
    String apply(Actor actor, CaseEntity entity, Book book, List<CodeEntity> coded, CodeEdit edit, ZoneId zone) {
        return switch (edit) {
            case CodeEdit.Add add -> add(actor, entity, book, coded, add, zone);
            case CodeEdit.Remove remove -> {
                CodeEntity line = line(coded, remove.line());
                String what = "removed " + named(line);
                coded.remove(line);
                line.evidence.clear();
                yield what;
            }
            case CodeEdit.Replace replace -> replace(coded, replace);
            case CodeEdit.Move move -> move(coded, line(coded, move.line()), move.by());
            case CodeEdit.Place place -> place(coded, line(coded, place.line()), place.before());
            case CodeEdit.Role role -> role(coded, line(coded, role.line()), role.role());
            case CodeEdit.Poa poa -> poa(line(coded, poa.line()), poa.value());
            case CodeEdit.Detail detail -> detail(coded, line(coded, detail.line()), detail);
            case CodeEdit.Link link -> {
                CodeEntity line = line(coded, link.line());
                link(actor, entity, line, link.words(), zone);
                yield "evidence for " + line.code + ": " + rests(line);
            }
            case CodeEdit.Unlink unlink -> {
                CodeEntity line = line(coded, unlink.line());
                String before = rests(line);
                line.evidence.removeIf(each -> each.id.equals(unlink.evidence()));
                yield "evidence for " + line.code + ": " + (line.evidence.isEmpty() ? "none" : rests(line)) + "; was "
                        + before;
            }
            case CodeEdit.Unsupported unsupported -> {
                CodeEntity line = line(coded, unsupported.line());
                String reason = unsupported.reason().strip();
                boolean takenBack = reason.isEmpty() && line.unsupported != null;
                if (!takenBack && reason.length() < 3) {
                    throw new Rejected(List.of(
                            Problem.error("unsupported-" + line.id, "Say why " + line.code + " has no evidence.")));
                }
                line.unsupported = reason.isEmpty() ? null : reason;
                yield reason.isEmpty()
                        ? "reason for " + line.code + " without evidence taken back"
                        : line.code + " without evidence: " + reason;
            }
            case CodeEdit.Stands stands -> {
                CodeEntity line = line(coded, stands.line());
                line.toReview = null;
                refresh(actor, entity, line);
                yield line.code + " stands after its evidence was amended";
            }
            case CodeEdit.Settled settled -> throw new IllegalArgumentException("not settled yet: " + settled);
            case CodeEdit.Repair repair -> throw new IllegalArgumentException("a finding: " + repair);
            case CodeEdit.Answer answer -> throw new IllegalArgumentException("a finding: " + answer);
            case CodeEdit.Unanswer unanswer -> throw new IllegalArgumentException("a finding: " + unanswer);
        };
    }

    /** A code with its title and the words that it was given with. */
    private static String named(CodeEntity line) {
        return (line.code + " " + line.display).strip() + (line.evidence.isEmpty() ? "" : ", by " + rests(line));
    }

    private static String rests(CodeEntity line) {
        return line.evidence.stream()
                .map(each -> "“" + each.quote + "” (" + each.label + ")")
                .collect(Collectors.joining("; "));
    }

    private static CodeEntity line(List<CodeEntity> coded, UUID id) {
        return coded.stream()
                .filter(each -> each.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new Rejected("This code is no longer in the case."));
    }

    // Codes -----------------------------------------------------------------------------------------------------------

    private String add(
            Actor actor, CaseEntity entity, Book book, List<CodeEntity> coded, CodeEdit.Add add, ZoneId zone) {
        Found found = find(entity, add.procedure(), add.system(), add.code());
        choices.used(actor, found.system, found.code);
        if (add.procedure()) {
            CodeEntity line = fresh(actor, entity, book, CodeEntity.PROCEDURE, found, add.origin());
            coded.add(line);
            link(actor, entity, line, add.words(), zone);
            return "added " + named(line);
        }
        String role = add.role();
        if (role != null && !ROLES.contains(role)) {
            throw new Rejected("A diagnosis is principal, secondary, admitting or the reason for the visit.");
        }
        if (role == null) {
            role = coded.stream().anyMatch(line -> "principal".equals(line.role)) ? "secondary" : "principal";
        }
        String wanted = role;
        if (wanted.equals("secondary") || wanted.equals("principal")) {
            coded.stream()
                    .filter(line -> line.diagnosis() && line.code.equals(found.code))
                    .filter(line -> "principal".equals(line.role) || "secondary".equals(line.role))
                    .findFirst()
                    .ifPresent(line -> {
                        throw new Rejected(List.of(Problem.error("add", line.code + " is in the case already.")));
                    });
        }
        CodeEntity line = fresh(actor, entity, book, CodeEntity.DIAGNOSIS, found, add.origin());
        line.role = "secondary";
        line.position = coded.size() + 1;
        coded.add(line);
        if (!wanted.equals("secondary")) {
            role(coded, line, wanted);
        }
        link(actor, entity, line, add.words(), zone);
        return "added " + named(line);
    }

    /** A code of a system with its title; the title is empty where no release has it. */
    private record Found(CodeSystem system, String code, String display) {}

    /** Reads what was typed as a code; words are for the look-up field, not for here. */
    private Found find(CaseEntity entity, boolean procedure, @Nullable CodeSystem system, String typed) {
        String code = typed.strip().toUpperCase(Locale.ROOT);
        if (code.isEmpty()) {
            throw new Rejected(List.of(Problem.error(procedure ? "add-procedure" : "add", "Type a code or words.")));
        }
        CodeSystem of = procedure ? (system == null ? procedureSystem(entity, code) : system) : CodeSystem.ICD10CM;
        Optional<CodeLookup.Code> known = lookup.find(of, code);
        if (known.isPresent()) {
            return new Found(of, known.get().code(), known.get().display());
        }
        boolean shaped = switch (of) {
            case ICD10CM -> code.matches("[A-Z][0-9][0-9A-Z]\\.?[0-9A-Z]{0,4}");
            case ICD10PCS -> PCS.matcher(code).matches();
            case HCPCS -> HCPCS.matcher(code).matches();
            default -> CPT.matcher(code).matches();
        };
        if (!shaped) {
            throw new Rejected(List.of(Problem.error(
                    procedure ? "add-procedure" : "add",
                    "“" + typed.strip() + "” is no code of " + of.label() + ". Choose one that the words find.")));
        }
        return new Found(of, of == CodeSystem.ICD10CM ? Dx.withDot(code) : code, "");
    }

    private static CodeSystem procedureSystem(CaseEntity entity, String code) {
        if (HCPCS.matcher(code).matches()) {
            return CodeSystem.HCPCS;
        } else if (CPT.matcher(code).matches()) {
            return CodeSystem.CPT;
        } else if (PCS.matcher(code).matches()) {
            return CodeSystem.ICD10PCS;
        }
        return entity.klass.equals("inpatient") ? CodeSystem.ICD10PCS : CodeSystem.HCPCS;
    }

    private CodeEntity fresh(Actor actor, CaseEntity entity, Book book, String section, Found found, String origin) {
        CodeEntity line = new CodeEntity();
        line.id = Uuid7.next();
        line.caseId = entity.id;
        line.book = book.key();
        line.section = section;
        line.system = found.system.id();
        line.code = found.code;
        line.display = found.display;
        line.origin = origin;
        line.addedBy = actor.user().value();
        line.addedAt = now();
        line.position = Integer.MAX_VALUE;
        return line;
    }

    /**
     * The codes of a case that is taken in, behind those that stand, with what they rest on and whether that was amended; what
     * stands already is not said twice. Which of them is principal, what was present on admission and which diagnosis a
     * service is for are questions of the case that takes them in.
     *
     * @return what came, in words; empty where nothing did
     */
    String takeIn(Actor actor, CaseEntity entity, List<CodeEntity> coded, List<CodeEntity> others) {
        List<CodeEntity> come = new ArrayList<>();
        for (CodeEntity other : others) {
            boolean there = other.diagnosis()
                    && coded.stream().anyMatch(line -> line.diagnosis() && line.code.equals(other.code));
            if (there || other.diagnosis() && "admitting".equals(other.role)) {
                continue;
            }
            Found same = new Found(other.codeSystem(), other.code, other.display);
            CodeEntity line = fresh(actor, entity, Book.CODER, other.section, same, other.origin);
            line.role = other.diagnosis() ? "secondary" : other.role;
            line.doneOn = other.doneOn;
            line.performer = other.performer;
            line.performerName = other.performerName;
            line.modifiers = other.modifiers;
            line.units = other.units;
            line.toReview = other.toReview;
            line.unsupported = other.unsupported;
            other.evidence.forEach(each -> line.evidence.add(each.of(line)));
            coded.add(line);
            come.add(line);
        }
        return come.stream().map(LineDesk::named).collect(Collectors.joining("; "));
    }

    /** A line that was removed comes back as it was, with the words that still stand; one that is there stays as it is. */
    String again(Actor actor, CaseEntity entity, Book book, List<CodeEntity> coded, LateEdit.Was was) {
        if (coded.stream().anyMatch(line -> line.id.equals(was.id()))) {
            return "";
        }
        if (was.section().equals(CodeEntity.DIAGNOSIS)
                && coded.stream().anyMatch(line -> line.diagnosis() && line.code.equals(was.code()))) {
            throw new Rejected(was.code() + " is in the case already.");
        }
        boolean headed = coded.stream().anyMatch(line -> line.role != null && line.role.equals(was.role()));
        CodeSystem system = CodeSystem.ofKey(was.system()).orElseThrow();
        String display =
                lookup.find(system, was.code()).map(CodeLookup.Code::display).orElse("");
        CodeEntity line = fresh(actor, entity, book, was.section(), new Found(system, was.code(), display), "typed");
        line.id = was.id();
        line.role = "principal".equals(was.role()) && headed || "admitting".equals(was.role()) && headed
                ? "secondary"
                : was.role();
        line.poa = was.poa();
        line.doneOn = was.on();
        line.performer = was.performerId();
        line.performerName = was.performer();
        line.modifiers = was.modifiers() == null ? "" : was.modifiers();
        line.units = was.units();
        line.unsupported = was.unsupported();
        for (LateEdit.Quote quote : was.evidence()) {
            EvidenceEntity evidence = new EvidenceEntity();
            evidence.id = Uuid7.next();
            evidence.code = line;
            evidence.entryId = quote.entry();
            evidence.entryVersion = quote.version();
            evidence.quote = quote.quote();
            evidence.label = quote.label() == null ? "" : quote.label();
            evidence.linkedBy = actor.user().value();
            evidence.linkedAt = now();
            line.evidence.add(evidence);
        }
        refresh(actor, entity, line);
        coded.add(line);
        return "brought back " + named(line) + "; ";
    }

    private String replace(List<CodeEntity> coded, CodeEdit.Replace replace) {
        CodeEntity line = line(coded, replace.line());
        String before = line.code;
        become(line, replace.code());
        return before + " became " + named(line);
    }

    private void become(CodeEntity line, String code) {
        CodeLookup.Code found = lookup.find(line.codeSystem(), code)
                .orElseThrow(() -> new Rejected(
                        "“" + code + "” is no code of " + line.codeSystem().label() + "."));
        line.code = found.code();
        line.display = found.display();
    }

    /** The diagnoses by their number, from 1. */
    static Map<Integer, UUID> numbers(List<CodeEntity> coded) {
        Map<Integer, UUID> numbers = new LinkedHashMap<>();
        coded.stream().filter(CodeEntity::diagnosis).forEach(line -> numbers.put(numbers.size() + 1, line.id));
        return numbers;
    }

    /** Pointers name diagnoses by their number: where one moves they follow, where one goes they go. */
    static void follow(List<CodeEntity> coded, Map<Integer, UUID> before) {
        List<UUID> now = List.copyOf(numbers(coded).values());
        coded.stream()
                .filter(line -> !line.pointers.isEmpty())
                .forEach(line -> line.pointers = line.pointerList().stream()
                        .map(before::get)
                        .filter(now::contains)
                        .map(id -> String.valueOf(now.indexOf(id) + 1))
                        .collect(Collectors.joining(",")));
    }

    // Order and roles -------------------------------------------------------------------------------------------------

    private static String move(List<CodeEntity> coded, CodeEntity line, int by) {
        List<CodeEntity> peers = peers(coded, line);
        int at = peers.indexOf(line);
        int to = Math.clamp((long) at + by, 0, peers.size() - 1);
        if (to == at && by < 0 && "secondary".equals(line.role)) {
            return role(coded, line, "principal");
        }
        swap(peers, at, to);
        return "moved " + line.code;
    }

    private static void swap(List<CodeEntity> peers, int at, int to) {
        List<Integer> places = peers.stream().map(each -> each.position).toList();
        CodeEntity moved = peers.remove(at);
        peers.add(to, moved);
        for (int i = 0; i < peers.size(); i++) {
            peers.get(i).position = places.get(i);
        }
    }

    private static String place(List<CodeEntity> coded, CodeEntity line, @Nullable UUID before) {
        List<CodeEntity> peers = peers(coded, line);
        int at = peers.indexOf(line);
        int to = peers.size() - 1;
        for (int i = 0; before != null && i < peers.size(); i++) {
            if (peers.get(i).id.equals(before)) {
                to = i > at ? i - 1 : i;
            }
        }
        CodeEntity target = before == null
                ? null
                : coded.stream()
                        .filter(each -> each.id.equals(before))
                        .findFirst()
                        .orElse(null);
        if (target != null && "principal".equals(target.role) && "secondary".equals(line.role)) {
            return role(coded, line, "principal");
        }
        swap(peers, at, to);
        return "moved " + line.code;
    }

    /** The lines of the same section and role, in their order. */
    private static List<CodeEntity> peers(List<CodeEntity> coded, CodeEntity line) {
        return coded.stream()
                .filter(each -> each.section.equals(line.section) && java.util.Objects.equals(each.role, line.role))
                .sorted(Comparator.comparingInt(each -> each.position))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static String role(List<CodeEntity> coded, CodeEntity line, String role) {
        if (!line.diagnosis() || !ROLES.contains(role)) {
            throw new Rejected("A diagnosis is principal, secondary, admitting or the reason for the visit.");
        }
        if (role.equals("principal") || role.equals("admitting")) {
            coded.stream()
                    .filter(each -> each != line && role.equals(each.role))
                    .forEach(each -> {
                        each.role = "secondary";
                        each.position = 0;
                    });
        }
        line.role = role;
        return line.code + " is " + (role.equals("reason") ? "the reason for the visit" : role);
    }

    private static String poa(CodeEntity line, String value) {
        if (!line.diagnosis() || !value.isEmpty() && !POA.contains(value)) {
            throw new Rejected("Present on admission is Y, N, U, W or exempt.");
        }
        line.poa = value.isEmpty() ? null : value;
        return line.code + " present on admission: " + (value.isEmpty() ? "not said" : value);
    }

    /** Numbers the lines anew: diagnoses by role, then procedures; what was at the head of its role stays there. */
    void order(List<CodeEntity> coded) {
        coded.sort(Comparator.comparing((CodeEntity line) -> line.section)
                .thenComparing(line -> line.role == null ? 0 : ROLE_ORDER.indexOf(line.role))
                .thenComparing(line -> line.position)
                .thenComparing(line -> line.addedAt)
                .thenComparing(line -> line.id));
        for (int i = 0; i < coded.size(); i++) {
            coded.get(i).position = i + 1;
        }
    }

    // Lines of service ------------------------------------------------------------------------------------------------

    private String detail(List<CodeEntity> coded, CodeEntity line, CodeEdit.Detail detail) {
        List<Problem> problems = new ArrayList<>();
        List<String> modifiers = detail.modifiers().stream()
                .map(each -> each.strip().toUpperCase(Locale.ROOT))
                .filter(each -> !each.isEmpty())
                .toList();
        if (modifiers.size() > MOST_MODIFIERS || modifiers.stream().anyMatch(each -> !each.matches("[0-9A-Z]{2}"))) {
            problems.add(Problem.error("modifiers-" + line.id, "Up to four modifiers of two characters each."));
        }
        if (detail.units() != null && detail.units().signum() <= 0) {
            problems.add(Problem.error("units-" + line.id, "Units are more than 0."));
        }
        long diagnoses = coded.stream().filter(CodeEntity::diagnosis).count();
        if (detail.pointers().stream().anyMatch(pointer -> pointer < 1 || pointer > diagnoses)) {
            problems.add(Problem.error("pointers-" + line.id, "Pointers are numbers of the diagnoses above."));
        }
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
        line.doneOn = detail.on();
        PractitionerId performer = detail.performer();
        line.performer = performer == null ? null : performer.value();
        line.performerName = performer == null
                ? null
                : Optional.ofNullable(
                                directory.practitioners(List.of(performer)).get(performer))
                        .map(Directory.Practitioner::name)
                        .orElse(null);
        line.modifiers = String.join(",", modifiers);
        line.units = detail.units();
        line.pointers = detail.pointers().stream().map(String::valueOf).collect(Collectors.joining(","));
        return line.code + ": "
                + Stream.of(
                                line.doneOn == null ? "no day" : "day " + line.doneOn,
                                line.performerName == null ? "no performer" : line.performerName,
                                modifiers.isEmpty() ? "no modifier" : "modifiers " + String.join(" ", modifiers),
                                line.units == null ? "" : "units " + line.units.toPlainString(),
                                line.pointers.isEmpty() ? "" : "for diagnosis " + line.pointers)
                        .filter(each -> !each.isEmpty())
                        .collect(Collectors.joining(", "));
    }

    // Evidence --------------------------------------------------------------------------------------------------------

    private void link(Actor actor, CaseEntity entity, CodeEntity line, CodeEdit.@Nullable Words words, ZoneId zone) {
        if (words == null) {
            return;
        }
        EntryView entry = reader.entry(actor, new PatientId(entity.patientId), words.entry())
                .orElseThrow(() -> new Rejected("This document is not in the chart."));
        if (Labels.apart(entry)) {
            throw new Rejected(Labels.REFUSED);
        }
        String quote = CaseFacts.quote(entry, words.version(), words.number())
                .orElseThrow(() -> new Rejected("The document was amended since you read it: read it again."));
        if (line.evidence.stream()
                .anyMatch(each -> each.entryId.equals(entry.id().value()) && each.quote.equals(quote))) {
            return;
        }
        EvidenceEntity evidence = new EvidenceEntity();
        evidence.id = Uuid7.next();
        evidence.code = line;
        evidence.entryId = entry.id().value();
        evidence.entryVersion = entry.inForce();
        evidence.quote = quote;
        String label = CaseFacts.label(entry, zone);
        evidence.label = label.contains(entry.statedBy()) ? label : label + ", " + entry.statedBy();
        evidence.linkedBy = actor.user().value();
        evidence.linkedAt = now();
        line.evidence.add(evidence);
        line.unsupported = null;
    }

    /** The words that still stand are taken at their present version; those that are gone no longer support the code. */
    private void refresh(Actor actor, CaseEntity entity, CodeEntity line) {
        List<EvidenceEntity> before = List.copyOf(line.evidence);
        for (EvidenceEntity each : before) {
            Optional<EntryView> entry = reader.entry(
                    actor, new PatientId(entity.patientId), new org.chartkeeper.platform.EntryId(each.entryId));
            if (entry.isEmpty() || entry.get().retracted() || !says(entry.get(), each.quote)) {
                line.evidence.remove(each);
            } else if (entry.get().inForce() != each.entryVersion) {
                line.evidence.remove(each);
                EvidenceEntity now = new EvidenceEntity();
                now.id = Uuid7.next();
                now.code = line;
                now.entryId = each.entryId;
                now.entryVersion = entry.get().inForce();
                now.quote = each.quote;
                now.label = each.label;
                now.linkedBy = actor.user().value();
                now.linkedAt = now();
                line.evidence.add(now);
            }
        }
    }

    private static boolean says(EntryView entry, String quote) {
        for (int number = 0; ; number++) {
            Optional<String> sentence = CaseFacts.quote(entry, entry.inForce(), number);
            if (sentence.isEmpty()) {
                return false;
            }
            if (sentence.get().equals(quote)) {
                return true;
            }
        }
    }

    // Repairs ---------------------------------------------------------------------------------------------------------

    /** Puts a patched case back to the lines: a line keeps its identity and what it rests on. */
    void repair(Actor actor, CaseEntity entity, Book book, List<CodeEntity> coded, CaseFacts.Facts read, Patch patch) {
        if (patch.operations().stream()
                .anyMatch(each ->
                        !each.path().startsWith("/diagnoses") && !each.path().startsWith("/procedures"))) {
            throw new Rejected("This is mended where it stands in the chart, not in the codes.");
        }
        CodingCase patched = CaseJson.apply(read.coded(), patch);
        List<@Nullable UUID> diagnoses = LineRepair.follow(read.diagnoses(), patch, "diagnoses");
        List<@Nullable UUID> procedures = LineRepair.follow(read.procedures(), patch, "procedures");
        List<CodeEntity> kept = new ArrayList<>();
        for (int i = 0; i < patched.diagnoses().size(); i++) {
            CodingCase.Diagnosis wanted = patched.diagnoses().get(i);
            UUID id = diagnoses.get(i);
            CodeEntity line = id == null
                    ? fresh(
                            actor,
                            entity,
                            book,
                            CodeEntity.DIAGNOSIS,
                            find(entity, false, CodeSystem.ICD10CM, wanted.code()),
                            "repair")
                    : line(coded, id);
            if (!line.code.equals(wanted.code())) {
                become(line, wanted.code());
            }
            line.role = wanted.role() == null
                    ? (line.role == null ? "secondary" : line.role)
                    : wanted.role().word();
            line.poa = "1".equals(wanted.poa()) ? "E" : wanted.poa();
            line.position = i;
            kept.add(line);
        }
        for (int i = 0; i < patched.procedures().size(); i++) {
            UUID id = procedures.get(i);
            if (id == null) {
                throw new Rejected("A procedure is added by hand.");
            }
            CodeEntity line = line(coded, id);
            CodingCase.Procedure wanted = patched.procedures().get(i);
            line.pointers = wanted.pointers().stream().map(String::valueOf).collect(Collectors.joining(","));
            line.modifiers = String.join(",", wanted.modifiers());
            line.units = wanted.units();
            line.position = i;
            kept.add(line);
        }
        coded.stream().filter(line -> !kept.contains(line)).forEach(line -> line.evidence.clear());
        coded.clear();
        coded.addAll(kept);
    }

    // History ---------------------------------------------------------------------------------------------------------

    /** The whole set of codes as it stands, for the history. */
    String json(List<CodeEntity> coded) {
        return json.writeValueAsString(coded.stream().map(LineDesk::map).toList());
    }

    private static Map<String, Object> map(CodeEntity line) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", line.id.toString());
        map.put("section", line.section);
        map.put("system", line.system);
        map.put("code", line.code);
        put(map, "role", line.role);
        put(map, "poa", line.poa);
        put(map, "on", line.doneOn == null ? null : line.doneOn.toString());
        put(map, "performer", line.performerName);
        put(map, "performerId", line.performer == null ? null : line.performer.toString());
        put(map, "modifiers", line.modifiers.isEmpty() ? null : line.modifiers);
        put(map, "units", line.units);
        put(map, "pointers", line.pointers.isEmpty() ? null : line.pointers);
        put(map, "unsupported", line.unsupported);
        map.put(
                "evidence",
                line.evidence.stream()
                        .map(each -> Map.of(
                                "entry",
                                each.entryId.toString(),
                                "version",
                                each.entryVersion,
                                "quote",
                                each.quote,
                                "label",
                                each.label))
                        .toList());
        return map;
    }

    private static void put(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
