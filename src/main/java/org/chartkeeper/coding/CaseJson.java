package org.chartkeeper.coding;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chartkeeper.coding.CodingCase.Allergy;
import org.chartkeeper.coding.CodingCase.Diagnosis;
import org.chartkeeper.coding.CodingCase.Dose;
import org.chartkeeper.coding.CodingCase.FacilityType;
import org.chartkeeper.coding.CodingCase.Kind;
import org.chartkeeper.coding.CodingCase.Medication;
import org.chartkeeper.coding.CodingCase.Organ;
import org.chartkeeper.coding.CodingCase.Patient;
import org.chartkeeper.coding.CodingCase.Payer;
import org.chartkeeper.coding.CodingCase.Prescriber;
import org.chartkeeper.coding.CodingCase.Prescription;
import org.chartkeeper.coding.CodingCase.Procedure;
import org.chartkeeper.coding.CodingCase.ProcedureSystem;
import org.chartkeeper.coding.CodingCase.Role;
import org.chartkeeper.coding.CodingCase.Sex;
import org.chartkeeper.coding.CodingCase.Word;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cases as JSON: read strictly, so that a misspelt field is refused with its place and never passed over. */
public final class CaseJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /** Of what a prescription says in words. */
    private static final int MOST_LETTERS = 4000;

    /** Of a number before, and behind, its point. */
    private static final int MOST_DIGITS = 15;

    private CaseJson() {}

    /**
     * Reads {@code {"cases":[…]}}.
     *
     * @throws BadCase with the place of what is not as it should be
     */
    public static List<CodingCase> read(byte[] json) {
        return cases(tree(json));
    }

    /** As {@link #read(byte[])}. */
    public static List<CodingCase> read(String json) {
        return cases(tree(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode tree(byte[] json) {
        try {
            JsonNode read = JSON.readTree(json);
            if (read.isMissingNode()) {
                throw new BadCase("line 1, column 1", "this is no JSON: there is nothing in it");
            }
            return read;
        } catch (JacksonException broken) {
            TokenStreamLocation place = broken.getLocation() == null ? end(json) : broken.getLocation();
            throw new BadCase(
                    "line " + place.getLineNr() + ", column " + place.getColumnNr(),
                    "this is no JSON: "
                            + broken.getOriginalMessage().replaceAll("(?s)\\s*(\\((for|at) )?\\[Source: .*", ""));
        }
    }

    /** How far reading comes: a limit of depth or length that is broken names no place itself. */
    private static TokenStreamLocation end(byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            try {
                while (parser.nextToken() != null) {
                    parser.getString();
                }
            } catch (JacksonException here) {
                return parser.currentLocation();
            }
            return parser.currentLocation();
        }
    }

    private static List<CodingCase> cases(JsonNode tree) {
        In top = new In("", tree);
        top.only("cases");
        List<CodingCase> cases = top.list("cases", (place, node) -> one(new In(place, node)));
        if (!tree.hasNonNull("cases")) {
            throw new BadCase("cases", "is missing");
        }
        return cases;
    }

    private static CodingCase one(In in) {
        in.only(
                "id class admitted discharged disposition payer facilityType patient diagnoses procedures note weightKg egfr allergies activeMedications prescriptions");
        String id = in.text("id");
        if (id == null || id.isBlank()) {
            throw new BadCase(in.place + ".id", "is missing");
        }
        return new CodingCase(
                id,
                in.word("class", Kind.class),
                in.date("admitted"),
                in.date("discharged"),
                in.text("disposition"),
                Optional.ofNullable(in.word("payer", Payer.class)).orElse(Payer.MEDICARE),
                Optional.ofNullable(in.word("facilityType", FacilityType.class)).orElse(FacilityType.ACUTE),
                Optional.ofNullable(in.object("patient", CaseJson::patient)).orElse(Patient.UNSAID),
                in.list("diagnoses", (place, node) -> diagnosis(new In(place, node))),
                in.list("procedures", (place, node) -> procedure(new In(place, node))),
                in.text("note"),
                in.number("weightKg"),
                in.number("egfr"),
                in.list("allergies", (place, node) -> allergy(new In(place, node))),
                in.list("activeMedications", (place, node) -> medication(new In(place, node))),
                in.list("prescriptions", (place, node) -> prescription(new In(place, node))));
    }

    private static Patient patient(In in) {
        in.only("born sex organs died");
        Map<String, Organ> organs = new TreeMap<>();
        In named = in.in("organs");
        if (named != null) {
            for (String organ : named.names()) {
                Organ state = named.word(organ, Organ.class);
                if (state != null) {
                    organs.put(organ, state);
                }
            }
        }
        return new Patient(in.date("born"), in.word("sex", Sex.class), organs, in.date("died"));
    }

    private static Diagnosis diagnosis(In in) {
        in.only("code role poa");
        return new Diagnosis(
                Optional.ofNullable(in.text("code")).orElse(""), in.word("role", Role.class), in.text("poa"));
    }

    private static Procedure procedure(In in) {
        in.only("system code on modifiers units pointers");
        return new Procedure(
                in.word("system", ProcedureSystem.class),
                Optional.ofNullable(in.text("code")).orElse(""),
                in.date("on"),
                in.list("modifiers", CaseJson::string),
                in.number("units"),
                in.list("pointers", CaseJson::whole));
    }

    private static Allergy allergy(In in) {
        in.only("text rxnorm status");
        return new Allergy(in.text("text"), in.text("rxnorm"), in.text("status"));
    }

    private static Medication medication(In in) {
        in.only("rxnorm text");
        return new Medication(in.text("rxnorm"), in.text("text"));
    }

    private static Dose dose(In in) {
        in.only("value unit");
        return new Dose(in.number("value"), in.text("unit"));
    }

    private static Prescriber prescriber(In in) {
        in.only("npi dea name");
        return new Prescriber(in.text("npi"), in.text("dea"), in.text("name"));
    }

    private static Prescription prescription(In in) {
        in.only(
                "ndc rxnorm text dose route sig quantity days refills prnReason schedule ordered start end indication prescriber");
        return new Prescription(
                in.text("ndc"),
                in.text("rxnorm"),
                in.words("text"),
                in.object("dose", CaseJson::dose),
                in.text("route"),
                in.words("sig"),
                in.number("quantity"),
                in.number("days"),
                in.integer("refills"),
                in.text("prnReason"),
                in.text("schedule"),
                in.date("ordered"),
                in.date("start"),
                in.date("end"),
                in.text("indication"),
                in.object("prescriber", CaseJson::prescriber));
    }

    private static String string(String place, JsonNode node) {
        if (!node.isString()) {
            throw new BadCase(place, "must be a text");
        }
        return node.stringValue();
    }

    private static Integer whole(String place, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw new BadCase(place, "must be a whole number");
        }
        return node.intValue();
    }

    /** An object being read. */
    private static final class In {
        final String place;
        private final ObjectNode node;
        private final List<String> names;

        In(String place, JsonNode node) {
            if (!(node instanceof ObjectNode object)) {
                throw new BadCase(place.isEmpty() ? "the whole file" : place, "must be an object");
            }
            this.place = place;
            this.node = object;
            this.names = List.copyOf(object.propertyNames());
        }

        List<String> names() {
            return names;
        }

        private String at(String name) {
            return place.isEmpty() ? name : place + "." + name;
        }

        private @Nullable JsonNode take(String name) {
            JsonNode found = node.get(name);
            return found == null || found.isNull() ? null : found;
        }

        @Nullable
        String text(String name) {
            JsonNode found = take(name);
            return found == null ? null : string(at(name), found);
        }

        /** A text that patterns run over: refused where it is longer than any directions are. */
        @Nullable
        String words(String name) {
            String found = text(name);
            if (found != null && found.length() > MOST_LETTERS) {
                throw new BadCase(at(name), "must be a text of at most " + MOST_LETTERS + " characters");
            }
            return found;
        }

        @Nullable
        BigDecimal number(String name) {
            JsonNode found = take(name);
            if (found == null) {
                return null;
            }
            if (!found.isNumber()) {
                throw new BadCase(at(name), "must be a number");
            }
            BigDecimal number = found.decimalValue();
            // Arithmetic with 1e100000000 takes hours.
            if (number.signum() != 0
                    && (number.precision() - number.scale() > MOST_DIGITS || number.scale() > MOST_DIGITS)) {
                throw new BadCase(at(name), "must be a number of at most " + MOST_DIGITS + " digits");
            }
            return number;
        }

        @Nullable
        Integer integer(String name) {
            JsonNode found = take(name);
            return found == null ? null : whole(at(name), found);
        }

        @Nullable
        LocalDate date(String name) {
            String found = text(name);
            if (found == null) {
                return null;
            }
            try {
                // LocalDate reads years of nine digits too, with which no rule can count.
                if (DATE.matcher(found).matches()) {
                    return LocalDate.parse(found);
                }
            } catch (DateTimeParseException none) {
                // Refused below.
            }
            throw new BadCase(at(name), "must be a date such as 2026-01-31, not " + found);
        }

        <W extends Enum<W> & Word> @Nullable W word(String name, Class<W> type) {
            String found = text(name);
            if (found == null) {
                return null;
            }
            return Word.of(type, found)
                    .orElseThrow(() -> new BadCase(
                            at(name),
                            "must be one of "
                                    + String.join(
                                            ", ",
                                            Stream.of(type.getEnumConstants())
                                                    .map(Word::word)
                                                    .toList()) + ", not " + found));
        }

        @Nullable
        In in(String name) {
            JsonNode found = take(name);
            return found == null ? null : new In(at(name), found);
        }

        <T> @Nullable T object(String name, Function<In, T> reader) {
            In inner = in(name);
            return inner == null ? null : reader.apply(inner);
        }

        <T> List<T> list(String name, BiFunction<String, JsonNode, T> reader) {
            JsonNode found = take(name);
            if (found == null) {
                return List.of();
            }
            if (!(found instanceof ArrayNode array)) {
                throw new BadCase(at(name), "must be a list");
            }
            List<T> all = new ArrayList<>();
            for (JsonNode member : array) {
                all.add(reader.apply(at(name) + "[" + all.size() + "]", member));
            }
            return all;
        }

        /** Refuses every other field, before what is missing is said: a misspelt field explains it. */
        void only(String fields) {
            List<String> known = List.of(fields.split(" "));
            for (String name : names) {
                if (!known.contains(name)) {
                    throw new BadCase(at(name), "there is no such field");
                }
            }
        }
    }

    /** A case as the JSON that {@link #read} takes, its lists always written; the evidence has no place in it. */
    static ObjectNode write(CodingCase coded) {
        ObjectNode top = JSON.createObjectNode();
        put(top, "id", coded.id());
        put(top, "class", word(coded.kind()));
        put(top, "admitted", coded.admitted());
        put(top, "discharged", coded.discharged());
        put(top, "disposition", coded.disposition());
        put(top, "payer", coded.payer().word());
        put(top, "facilityType", coded.facilityType().word());
        ObjectNode patient = top.putObject("patient");
        put(patient, "born", coded.patient().born());
        put(patient, "sex", word(coded.patient().sex()));
        ObjectNode organs = patient.putObject("organs");
        coded.patient().organs().forEach((name, state) -> organs.put(name, state.word()));
        put(patient, "died", coded.patient().died());
        ArrayNode diagnoses = top.putArray("diagnoses");
        for (Diagnosis one : coded.diagnoses()) {
            ObjectNode node = diagnoses.addObject();
            put(node, "code", one.code());
            put(node, "role", word(one.role()));
            put(node, "poa", one.poa());
        }
        ArrayNode procedures = top.putArray("procedures");
        for (Procedure one : coded.procedures()) {
            ObjectNode node = procedures.addObject();
            put(node, "system", word(one.system()));
            put(node, "code", one.code());
            put(node, "on", one.on());
            ArrayNode modifiers = node.putArray("modifiers");
            one.modifiers().forEach(modifiers::add);
            put(node, "units", one.units());
            ArrayNode pointers = node.putArray("pointers");
            one.pointers().forEach(pointers::add);
        }
        put(top, "note", coded.note());
        put(top, "weightKg", coded.weightKg());
        put(top, "egfr", coded.egfr());
        ArrayNode allergies = top.putArray("allergies");
        for (Allergy one : coded.allergies()) {
            ObjectNode node = allergies.addObject();
            put(node, "text", one.text());
            put(node, "rxnorm", one.rxnorm());
            put(node, "status", one.status());
        }
        ArrayNode medications = top.putArray("activeMedications");
        for (Medication one : coded.activeMedications()) {
            ObjectNode node = medications.addObject();
            put(node, "rxnorm", one.rxnorm());
            put(node, "text", one.text());
        }
        ArrayNode prescriptions = top.putArray("prescriptions");
        coded.prescriptions().forEach(one -> prescription(prescriptions.addObject(), one));
        return top;
    }

    private static void prescription(ObjectNode node, Prescription one) {
        put(node, "ndc", one.ndc());
        put(node, "rxnorm", one.rxnorm());
        put(node, "text", one.text());
        Dose dose = one.dose();
        if (dose != null) {
            ObjectNode inner = node.putObject("dose");
            put(inner, "value", dose.value());
            put(inner, "unit", dose.unit());
        }
        put(node, "route", one.route());
        put(node, "sig", one.sig());
        put(node, "quantity", one.quantity());
        put(node, "days", one.days());
        if (one.refills() != null) {
            node.put("refills", one.refills());
        }
        put(node, "prnReason", one.prnReason());
        put(node, "schedule", one.schedule());
        put(node, "ordered", one.ordered());
        put(node, "start", one.start());
        put(node, "end", one.end());
        put(node, "indication", one.indication());
        Prescriber prescriber = one.prescriber();
        if (prescriber != null) {
            ObjectNode inner = node.putObject("prescriber");
            put(inner, "npi", prescriber.npi());
            put(inner, "dea", prescriber.dea());
            put(inner, "name", prescriber.name());
        }
    }

    private static @Nullable String word(@Nullable Word value) {
        return value == null ? null : value.word();
    }

    private static void put(ObjectNode node, String name, @Nullable Object value) {
        if (value instanceof BigDecimal number) {
            node.put(name, number);
        } else if (value != null) {
            node.put(name, value.toString());
        }
    }

    /**
     * The case with a patch applied; a diagnosis keeps its evidence where its code stays.
     *
     * @throws BadCase where the patch does not fit
     */
    public static CodingCase apply(CodingCase coded, Patch patch) {
        JsonNode tree = write(coded);
        for (Patch.Operation operation : patch.operations()) {
            apply(tree, operation);
        }
        CodingCase patched = one(new In("case", tree));
        Map<String, Diagnosis> before = new LinkedHashMap<>();
        coded.diagnoses().forEach(diagnosis -> before.putIfAbsent(diagnosis.code(), diagnosis));
        List<Diagnosis> kept = patched.diagnoses().stream()
                .map(diagnosis -> {
                    Diagnosis old = before.get(diagnosis.code());
                    return old == null
                            ? diagnosis
                            : new Diagnosis(diagnosis.code(), diagnosis.role(), diagnosis.poa(), old.evidence());
                })
                .toList();
        return new CodingCase(
                patched.id(),
                patched.kind(),
                patched.admitted(),
                patched.discharged(),
                patched.disposition(),
                patched.payer(),
                patched.facilityType(),
                patched.patient(),
                kept,
                patched.procedures(),
                patched.note(),
                patched.weightKg(),
                patched.egfr(),
                patched.allergies(),
                patched.activeMedications(),
                patched.prescriptions(),
                coded.earlier(),
                coded.reconciliation());
    }

    private static void apply(JsonNode tree, Patch.Operation operation) {
        String from = operation.from();
        switch (operation.op()) {
            case "add" -> set(tree, operation.path(), JSON.valueToTree(operation.value()), true);
            case "replace" -> set(tree, operation.path(), JSON.valueToTree(operation.value()), false);
            case "remove" -> take(tree, operation.path());
            case "move" -> set(tree, operation.path(), take(tree, from == null ? "" : from), true);
            default -> throw new BadCase(operation.path(), "there is no operation " + operation.op());
        }
    }

    private static JsonNode parent(JsonNode tree, String pointer) {
        int slash = pointer.lastIndexOf('/');
        JsonNode found = slash < 0 ? null : tree.at(pointer.substring(0, slash));
        if (found == null || !found.isContainer()) {
            throw new BadCase(pointer, "the patch does not fit the case");
        }
        return found;
    }

    private static void set(JsonNode tree, String pointer, JsonNode value, boolean insert) {
        JsonNode parent = parent(tree, pointer);
        String last = pointer.substring(pointer.lastIndexOf('/') + 1);
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else if (parent instanceof ArrayNode array) {
            int at = last.equals("-") ? array.size() : index(pointer, last);
            if (at > array.size() || !insert && at >= array.size()) {
                throw new BadCase(pointer, "the patch does not fit the case");
            }
            if (insert) {
                array.insert(at, value);
            } else {
                array.set(at, value);
            }
        }
    }

    private static JsonNode take(JsonNode tree, String pointer) {
        JsonNode parent = parent(tree, pointer);
        String last = pointer.substring(pointer.lastIndexOf('/') + 1);
        JsonNode taken = parent instanceof ObjectNode object
                ? object.remove(last)
                : ((ArrayNode) parent).remove(index(pointer, last));
        if (taken == null) {
            throw new BadCase(pointer, "the patch does not fit the case");
        }
        return taken;
    }

    private static int index(String pointer, String last) {
        try {
            return Integer.parseInt(last);
        } catch (NumberFormatException none) {
            throw new BadCase(pointer, "the patch does not fit the case");
        }
    }

    /** A case's identifier with what was found in it. */
    public record Checked(String id, List<Finding> findings) {}

    /** The answer of {@code check coding}: {@code {"cases":[{"id":…,"findings":[…]}]}}. */
    public static String answer(List<Checked> found) {
        ObjectNode top = JSON.createObjectNode();
        ArrayNode cases = top.putArray("cases");
        for (Checked checked : found) {
            ObjectNode one = cases.addObject();
            one.put("id", checked.id());
            ArrayNode list = one.putArray("findings");
            for (Finding finding : checked.findings()) {
                ObjectNode node = list.addObject();
                node.put("rule", finding.rule());
                node.put("severity", finding.severity().name());
                node.put("item", finding.item());
                node.put("message", finding.message());
                node.put("source", finding.source());
                ArrayNode facts = node.putArray("facts");
                finding.facts().forEach(facts::add);
                Patch repair = finding.repair();
                if (repair == null) {
                    node.putNull("repair");
                } else {
                    repair(node.putArray("repair"), repair);
                }
            }
        }
        return top.toString();
    }

    private static void repair(ArrayNode target, Patch repair) {
        for (Patch.Operation operation : repair.operations()) {
            ObjectNode node = target.addObject();
            node.put("op", operation.op());
            node.put("path", operation.path());
            if (operation.from() != null) {
                node.put("from", operation.from());
            }
            if (operation.op().equals("add") || operation.op().equals("replace")) {
                node.set("value", JSON.valueToTree(operation.value()));
            }
        }
    }
}
