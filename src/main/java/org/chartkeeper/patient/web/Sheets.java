package org.chartkeeper.patient.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.chartkeeper.access.Directory;
import org.chartkeeper.patient.AddressKind;
import org.chartkeeper.patient.CareRole;
import org.chartkeeper.patient.Coded;
import org.chartkeeper.patient.ContactRole;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.IdentifierKind;
import org.chartkeeper.patient.NameKind;
import org.chartkeeper.patient.Relationship;
import org.chartkeeper.patient.SexFact;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;

/** The forms for the parts of a registration, by the word that their path carries. */
final class Sheets {

    /** How many roles one form of a contact holds. */
    private static final int ROLES = 4;

    private Sheets() {}

    static Optional<Sheet> find(String part) {
        return Optional.ofNullable(
                switch (part) {
                    case "names" -> new Names();
                    case "sex" -> new Sex();
                    case "numbers" -> new Numbers();
                    case "addresses" -> new Addresses();
                    case "contacts" -> new Contacts();
                    case "coverages" -> new Coverages();
                    case "guarantors" -> new Guarantors();
                    case "care-team" -> new CareTeam();
                    default -> null;
                });
    }

    /** Puts a part into a list in its place, or at the end. */
    static <T> List<T> put(List<T> all, T item, Function<T, UUID> id) {
        List<T> list = new ArrayList<>(all);
        for (int i = 0; i < list.size(); i++) {
            if (id.apply(list.get(i)).equals(id.apply(item))) {
                list.set(i, item);
                return list;
            }
        }
        list.add(item);
        return list;
    }

    private static <T> @Nullable T at(List<T> all, @Nullable UUID item, Function<T, UUID> id) {
        return all.stream()
                .filter(one -> id.apply(one).equals(item))
                .findFirst()
                .orElse(null);
    }

    private static void put(Map<String, String> values, String name, @Nullable Object value) {
        values.put(name, value == null ? "" : value.toString());
    }

    private static void date(Map<String, String> values, String name, @Nullable PartialDate date) {
        values.put(name, date == null ? "" : date.show());
    }

    private static void day(Map<String, String> values, String name, @Nullable LocalDate day) {
        date(values, name, day == null ? null : PartialDate.of(day));
    }

    static List<Field.Option> relationships() {
        return Field.options(Relationship.class);
    }

    /** Names: a new legal name ends the one before it. */
    static final class Names implements Sheet {

        @Override
        public String title() {
            return "Name";
        }

        @Override
        public List<Field.Group> groups(List<Directory.Practitioner> practitioners) {
            return List.of(
                    Field.Group.of(
                                    "Name",
                                    Field.select("kind", "Kind", Field.options(NameKind.class), "c3"),
                                    Field.text("prefix", "Prefix", "c2"),
                                    Field.text("suffix", "Suffix", "c2"),
                                    Field.text("family", "Family name", "c4"),
                                    Field.text("given", "Given name", "c4"),
                                    Field.text("middle", "Middle names", "c4"))
                            .hint("A new legal name makes the one before it a former name; the old one still finds the"
                                    + " chart. To mend a misspelling, change the name itself."),
                    Field.Group.of(
                            "In use",
                            Field.date("from", "From", "c3"),
                            Field.date("until", "Until", "c3"),
                            Field.text("proof", "Proof seen", "c6")
                                    .hint("Driver's license, court order, marriage certificate"),
                            Field.check("suppressed", "Do not show this name (patient's wish)", "c6")));
        }

        @Override
        public Map<String, String> read(Demographics data, @Nullable UUID item) {
            Map<String, String> values = new LinkedHashMap<>();
            Demographics.Name name = at(data.names(), item, Demographics.Name::id);
            if (name == null) {
                values.put("kind", NameKind.LEGAL.code());
                data.nameInUse().ifPresent(current -> {
                    put(values, "given", current.kind() == NameKind.LEGAL ? current.given() : "");
                    put(values, "middle", current.kind() == NameKind.LEGAL ? current.middle() : "");
                    put(values, "family", current.kind() == NameKind.NEWBORN ? current.family() : "");
                });
                return values;
            }
            put(values, "kind", name.kind().code());
            put(values, "prefix", name.prefix());
            put(values, "suffix", name.suffix());
            put(values, "family", name.family());
            put(values, "given", name.given());
            put(values, "middle", name.middle());
            date(values, "from", name.from());
            date(values, "until", name.until());
            put(values, "proof", name.proof());
            put(values, "suppressed", name.suppressed());
            return values;
        }

        @Override
        public Demographics apply(Demographics data, @Nullable UUID item, Values values) {
            NameKind kind = values.choice("kind", NameKind.class);
            if (kind == null) {
                values.error("kind", "Choose what kind of name it is.");
                return data;
            }
            PartialDate from = values.past("from");
            Demographics.Name name = new Demographics.Name(
                    item == null ? Uuid7.next() : item,
                    kind,
                    values.textOr("family", ""),
                    values.textOr("given", ""),
                    values.text("middle"),
                    values.text("prefix"),
                    values.text("suffix"),
                    from,
                    values.near("until"),
                    values.text("proof"),
                    values.checked("suppressed"));
            List<Demographics.Name> names = data.names();
            if (item == null && name.until() == null) {
                PartialDate end = from == null ? PartialDate.of(values.today()) : from;
                names = names.stream().map(old -> ended(old, kind, end)).toList();
            }
            return data.toBuilder()
                    .names(put(names, name, Demographics.Name::id))
                    .build();
        }

        /** A legal name makes the former legal one former and ends a newborn's temporary one, whose kind it keeps. */
        private static Demographics.Name ended(Demographics.Name old, NameKind added, PartialDate end) {
            if (old.until() != null) {
                return old;
            }
            if (added == NameKind.LEGAL && old.kind() == NameKind.LEGAL) {
                return old.ofKind(NameKind.FORMER).ended(end);
            }
            boolean temporary = added == NameKind.LEGAL && old.kind() == NameKind.NEWBORN;
            return temporary || (added == NameKind.PREFERRED && old.kind() == NameKind.PREFERRED)
                    ? old.ended(end)
                    : old;
        }

        @Override
        public boolean has(Demographics data, UUID item) {
            return at(data.names(), item, Demographics.Name::id) != null;
        }
    }

    /** Sex and gender: each fact is dated, and a new one ends the one before it. */
    static final class Sex implements Sheet {

        @Override
        public String title() {
            return "Sex and gender";
        }

        @Override
        public List<Field.Group> groups(List<Directory.Practitioner> practitioners) {
            List<Field.Option> values = Stream.of(SexFact.Kind.values())
                    .flatMap(kind -> kind.options().stream())
                    .distinct()
                    .map(option -> new Field.Option(option.code(), option.label()))
                    .toList();
            return List.of(Field.Group.of(
                            "Statement",
                            Field.select("kind", "What is stated", Field.options(SexFact.Kind.class), "c4"),
                            Field.select("value", "Value", distinct(values), "c4"),
                            Field.date("from", "From", "c4"),
                            Field.text("note", "Note", "c8")
                                    .hint("For sex for clinical use: what the one who cares must know"),
                            Field.text("proof", "Proof seen", "c4"))
                    .hint("The four facts and the pronouns are kept apart, each with its dates. A new statement"
                            + " ends the one before it and rewrites no document."));
        }

        private static List<Field.Option> distinct(List<Field.Option> options) {
            Map<String, Field.Option> byCode = new LinkedHashMap<>();
            options.forEach(option -> byCode.putIfAbsent(option.value(), option));
            return List.copyOf(byCode.values());
        }

        @Override
        public Map<String, String> read(Demographics data, @Nullable UUID item) {
            Map<String, String> values = new LinkedHashMap<>();
            SexFact fact = at(data.sex(), item, SexFact::id);
            if (fact != null) {
                put(values, "kind", fact.kind().code());
                put(values, "value", fact.value());
                put(values, "note", fact.note());
                put(values, "proof", fact.proof());
                date(values, "from", fact.from());
            }
            return values;
        }

        @Override
        public Demographics apply(Demographics data, @Nullable UUID item, Values values) {
            SexFact.Kind kind = values.choice("kind", SexFact.Kind.class);
            String value = values.text("value");
            if (kind == null) {
                values.error("kind", "Choose what is stated.");
                return data;
            }
            if (value == null
                    || kind.options().stream().noneMatch(option -> option.code().equals(value))) {
                values.error(
                        "value",
                        kind.label() + " is one of: "
                                + String.join(
                                        ", ",
                                        kind.options().stream()
                                                .map(SexFact.Option::label)
                                                .toList())
                                + ".");
                return data;
            }
            SexFact old = at(data.sex(), item, SexFact::id);
            SexFact fact = new SexFact(
                    old == null ? Uuid7.next() : old.id(),
                    kind,
                    value,
                    values.text("note"),
                    values.text("proof"),
                    values.past("from"),
                    old == null ? null : old.until());
            PartialDate end = fact.from() == null ? PartialDate.of(values.today()) : fact.from();
            List<SexFact> facts = item != null
                    ? data.sex()
                    : data.sex().stream()
                            .map(former -> former.kind() == kind && former.until() == null ? former.ended(end) : former)
                            .toList();
            return data.toBuilder().sexFacts(put(facts, fact, SexFact::id)).build();
        }

        @Override
        public boolean has(Demographics data, UUID item) {
            return at(data.sex(), item, SexFact::id) != null;
        }
    }

    /** Numbers that others gave. */
    static final class Numbers implements Sheet {

        @Override
        public String title() {
            return "Number";
        }

        @Override
        public List<Field.Group> groups(List<Directory.Practitioner> practitioners) {
            return List.of(Field.Group.of(
                    "Number",
                    Field.select("kind", "Kind", Field.options(IdentifierKind.class), "c4"),
                    Field.text("assigner", "Given by", "c4").hint("State, agency, hospital"),
                    Field.text("value", "Number", "c4"),
                    Field.date("until", "In force until", "c4").hint("Empty while it is in force")));
        }

        @Override
        public Map<String, String> read(Demographics data, @Nullable UUID item) {
            Map<String, String> values = new LinkedHashMap<>();
            Demographics.Identifier number = at(data.identifiers(), item, Demographics.Identifier::id);
            if (number != null) {
                put(values, "kind", number.kind().code());
                put(values, "assigner", number.assigner());
                put(values, "value", number.value());
                date(values, "until", number.until());
            }
            return values;
        }

        @Override
        public Demographics apply(Demographics data, @Nullable UUID item, Values values) {
            String code = values.textOr("kind", "");
            Demographics.Identifier number = new Demographics.Identifier(
                    item == null ? Uuid7.next() : item,
                    values.textOr("assigner", ""),
                    values.textOr("value", ""),
                    Coded.find(IdentifierKind.class, code).orElse(IdentifierKind.OTHER),
                    values.near("until"));
            return data.toBuilder()
                    .identifiers(put(data.identifiers(), number, Demographics.Identifier::id))
                    .build();
        }

        @Override
        public boolean has(Demographics data, UUID item) {
            return at(data.identifiers(), item, Demographics.Identifier::id) != null;
        }
    }

    /** Addresses, with the mark of returned mail. */
    static final class Addresses implements Sheet {

        @Override
        public String title() {
            return "Address";
        }

        @Override
        public List<Field.Group> groups(List<Directory.Practitioner> practitioners) {
            return List.of(
                    Field.Group.of(
                            "Address",
                            Field.select("kind", "Kind", Field.options(AddressKind.class), "c3"),
                            Field.text("line1", "Street", "c5"),
                            Field.text("line2", "Apartment, unit", "c4"),
                            Field.text("city", "City", "c5"),
                            Field.text("state", "State", "c2"),
                            Field.text("postalCode", "ZIP code", "c2"),
                            Field.text("country", "Country", "c3").hint("US where empty")),
                    Field.Group.of(
                                    "Use",
                                    Field.date("from", "From", "c3"),
                                    Field.date("until", "Until", "c3"),
                                    Field.date("returnedSince", "Mail returned since", "c3"),
                                    Field.check("confidential", "Confidential: mail goes here and nowhere else", "c6"))
                            .hint("Letters and packages stop and ask while mail is marked as returned."));
        }

        @Override
        public Map<String, String> read(Demographics data, @Nullable UUID item) {
            Map<String, String> values = new LinkedHashMap<>();
            Demographics.Address address = at(data.addresses(), item, Demographics.Address::id);
            if (address == null) {
                values.put("kind", AddressKind.HOME.code());
                return values;
            }
            put(values, "kind", address.kind().code());
            put(
                    values,
                    "line1",
                    address.lines().isEmpty() ? "" : address.lines().getFirst());
            put(
                    values,
                    "line2",
                    String.join(", ", address.lines().stream().skip(1).toList()));
            put(values, "city", address.city());
            put(values, "state", address.state());
            put(values, "postalCode", address.postalCode());
            put(values, "country", Objects.equals(address.country(), "US") ? "" : address.country());
            date(values, "from", address.from());
            date(values, "until", address.until());
            day(values, "returnedSince", address.returnedSince());
            put(values, "confidential", address.confidential());
            return values;
        }

        @Override
        public Demographics apply(Demographics data, @Nullable UUID item, Values values) {
            AddressKind kind = values.choice("kind", AddressKind.class);
            Demographics.Address address = new Demographics.Address(
                    item == null ? Uuid7.next() : item,
                    kind == null ? AddressKind.HOME : kind,
                    lines(values),
                    values.text("city"),
                    state(values),
                    values.text("postalCode"),
                    values.textOr("country", "US"),
                    values.near("from"),
                    values.near("until"),
                    values.day("returnedSince"),
                    values.checked("confidential"));
            return data.toBuilder()
                    .addresses(put(data.addresses(), address, Demographics.Address::id))
                    .build();
        }

        static List<String> lines(Values values) {
            return Stream.of("line1", "line2")
                    .map(values::text)
                    .filter(Objects::nonNull)
                    .toList();
        }

        static @Nullable String state(Values values) {
            String state = values.text("state");
            return state == null ? null : state.toUpperCase(Locale.US);
        }

        @Override
        public boolean has(Demographics data, UUID item) {
            return at(data.addresses(), item, Demographics.Address::id) != null;
        }
    }

    /** Contacts, and what each may decide by which document. */
    static final class Contacts implements Sheet {

        @Override
        public String title() {
            return "Contact";
        }

        @Override
        public List<Field.Group> groups(List<Directory.Practitioner> practitioners) {
            List<Field> roles = new ArrayList<>();
            for (int i = 1; i <= ROLES; i++) {
                roles.add(Field.select("role" + i, "Role", Field.options(ContactRole.class), "c3"));
                roles.add(Field.date("role" + i + "From", "From", "c2"));
                roles.add(Field.date("role" + i + "Until", "Until", "c2"));
                roles.add(Field.text("role" + i + "Document", "Document that proves it", "c5"));
            }
            return List.of(
                    Field.Group.of(
                            "Person",
                            Field.text("name", "Name", "c5"),
                            Field.select("relationship", "Is the patient's", relationships(), "c3"),
                            Field.of("phone", "Phone", "tel", "c4"),
                            Field.of("email", "E-mail", "email", "c5"),
                            Field.text("address", "Address", "c7"),
                            Field.text("note", "Note", "c12")),
                    Field.Group.of("Roles and authority", roles)
                            .hint(
                                    "A contact is no representative by itself. Guardian, custody, proxy, power of attorney"
                                            + " and a court's order rest on a document."));
        }

        @Override
        public Map<String, String> read(Demographics data, @Nullable UUID item) {
            Map<String, String> values = new LinkedHashMap<>();
            Demographics.Contact contact = at(data.contacts(), item, Demographics.Contact::id);
            if (contact == null) {
                return values;
            }
            put(values, "name", contact.name());
            put(values, "relationship", contact.relationship());
            put(values, "phone", contact.phone());
            put(values, "email", contact.email());
            put(values, "address", contact.address());
            put(values, "note", contact.note());
            int row = 0;
            for (Demographics.HeldRole held : contact.roles()) {
                row++;
                put(values, "role" + row, held.role().code());
                date(values, "role" + row + "From", held.from());
                date(values, "role" + row + "Until", held.until());
                put(values, "role" + row + "Document", held.document());
            }
            return values;
        }

        @Override
        public Demographics apply(Demographics data, @Nullable UUID item, Values values) {
            Demographics.Contact old = at(data.contacts(), item, Demographics.Contact::id);
            List<Demographics.HeldRole> roles = new ArrayList<>();
            for (int i = 1; i <= ROLES; i++) {
                ContactRole role = values.choice("role" + i, ContactRole.class);
                if (role != null) {
                    UUID id = old != null && old.roles().size() >= i
                            ? old.roles().get(i - 1).id()
                            : Uuid7.next();
                    roles.add(new Demographics.HeldRole(
                            id,
                            role,
                            values.near("role" + i + "From"),
                            values.near("role" + i + "Until"),
                            values.text("role" + i + "Document")));
                }
            }
            if (old != null && old.roles().size() > ROLES) {
                roles.addAll(old.roles().subList(ROLES, old.roles().size()));
            }
            Demographics.Contact contact = new Demographics.Contact(
                    old == null ? Uuid7.next() : old.id(),
                    values.textOr("name", ""),
                    values.text("relationship"),
                    values.text("phone"),
                    values.text("email"),
                    values.text("address"),
                    values.text("note"),
                    roles,
                    old == null ? null : old.source(),
                    old == null ? null : old.sourceId());
            return data.toBuilder()
                    .contacts(put(data.contacts(), contact, Demographics.Contact::id))
                    .build();
        }

        @Override
        public boolean has(Demographics data, UUID item) {
            return at(data.contacts(), item, Demographics.Contact::id) != null;
        }
    }

    /** Coverages. */
    static final class Coverages implements Sheet {

        @Override
        public String title() {
            return "Coverage";
        }

        @Override
        public List<Field.Group> groups(List<Directory.Practitioner> practitioners) {
            return List.of(
                    Field.Group.of(
                            "Plan",
                            Field.text("rank", "Order", "c2").hint("1 is primary"),
                            Field.text("payer", "Payer", "c5"),
                            Field.text("plan", "Plan", "c5"),
                            Field.text("memberId", "Member number", "c4"),
                            Field.text("groupNumber", "Group number", "c4")),
                    Field.Group.of(
                            "Subscriber",
                            Field.select("relationship", "The patient is the subscriber's", relationships(), "c4"),
                            Field.text("subscriber", "Subscriber", "c8").hint("Where it is not the patient")),
                    Field.Group.of(
                            "In force",
                            Field.date("from", "From", "c3"),
                            Field.date("until", "Until", "c3"),
                            Field.date("verifiedOn", "Verified with the payer on", "c3")
                                    .hint("Recorded with your name")));
        }

        @Override
        public Map<String, String> read(Demographics data, @Nullable UUID item) {
            Map<String, String> values = new LinkedHashMap<>();
            Demographics.Coverage coverage = at(data.coverages(), item, Demographics.Coverage::id);
            if (coverage == null) {
                long current = data.coverages().stream()
                        .filter(one -> one.until() == null)
                        .count();
                values.put("rank", Long.toString(current + 1));
                values.put("relationship", Relationship.SELF.code());
                return values;
            }
            put(values, "rank", coverage.rank());
            put(values, "payer", coverage.payer());
            put(values, "plan", coverage.plan());
            put(values, "memberId", coverage.memberId());
            put(values, "groupNumber", coverage.groupNumber());
            put(values, "relationship", coverage.relationship());
            put(values, "subscriber", coverage.subscriber());
            date(values, "from", coverage.from());
            date(values, "until", coverage.until());
            day(values, "verifiedOn", coverage.verifiedOn());
            return values;
        }

        @Override
        public Demographics apply(Demographics data, @Nullable UUID item, Values values) {
            Demographics.Coverage old = at(data.coverages(), item, Demographics.Coverage::id);
            Integer rank = values.number("rank");
            LocalDate verified = values.day("verifiedOn");
            boolean again = old == null || !Objects.equals(old.verifiedOn(), verified);
            UserId verifier = old == null || again ? values.user() : old.verifiedBy();
            Demographics.Coverage coverage = new Demographics.Coverage(
                    old == null ? Uuid7.next() : old.id(),
                    rank == null ? 1 : rank,
                    values.textOr("payer", ""),
                    values.text("plan"),
                    values.text("memberId"),
                    values.text("groupNumber"),
                    values.text("subscriber"),
                    values.text("relationship"),
                    values.near("from"),
                    values.near("until"),
                    verified,
                    verified == null ? null : verifier,
                    old == null ? null : old.source(),
                    old == null ? null : old.sourceId());
            return data.toBuilder()
                    .coverages(put(data.coverages(), coverage, Demographics.Coverage::id))
                    .build();
        }

        @Override
        public boolean has(Demographics data, UUID item) {
            return at(data.coverages(), item, Demographics.Coverage::id) != null;
        }
    }

    /** Guarantors. */
    static final class Guarantors implements Sheet {

        @Override
        public String title() {
            return "Guarantor";
        }

        @Override
        public List<Field.Group> groups(List<Directory.Practitioner> practitioners) {
            return List.of(Field.Group.of(
                    "Guarantor",
                    Field.text("name", "Name", "c5"),
                    Field.select("relationship", "Is the patient's", relationships(), "c3"),
                    Field.of("phone", "Phone", "tel", "c4"),
                    Field.text("address", "Address", "c12"),
                    Field.date("from", "From", "c3"),
                    Field.date("until", "Until", "c3")));
        }

        @Override
        public Map<String, String> read(Demographics data, @Nullable UUID item) {
            Map<String, String> values = new LinkedHashMap<>();
            Demographics.Guarantor guarantor = at(data.guarantors(), item, Demographics.Guarantor::id);
            if (guarantor != null) {
                put(values, "name", guarantor.name());
                put(values, "relationship", guarantor.relationship());
                put(values, "phone", guarantor.phone());
                put(values, "address", guarantor.address());
                date(values, "from", guarantor.from());
                date(values, "until", guarantor.until());
            }
            return values;
        }

        @Override
        public Demographics apply(Demographics data, @Nullable UUID item, Values values) {
            Demographics.Guarantor guarantor = new Demographics.Guarantor(
                    item == null ? Uuid7.next() : item,
                    values.textOr("name", ""),
                    values.text("relationship"),
                    values.text("phone"),
                    values.text("address"),
                    values.near("from"),
                    values.near("until"));
            return data.toBuilder()
                    .guarantors(put(data.guarantors(), guarantor, Demographics.Guarantor::id))
                    .build();
        }

        @Override
        public boolean has(Demographics data, UUID item) {
            return at(data.guarantors(), item, Demographics.Guarantor::id) != null;
        }
    }

    /** Who takes lasting care: somebody of the directory, or somebody outside by name. */
    static final class CareTeam implements Sheet {

        @Override
        public String title() {
            return "Care team";
        }

        @Override
        public List<Field.Group> groups(List<Directory.Practitioner> practitioners) {
            List<Field.Option> people = practitioners.stream()
                    .map(one -> new Field.Option(one.id().toString(), one.name()))
                    .toList();
            return List.of(
                    Field.Group.of(
                                    "Who",
                                    Field.select("role", "Part in the care", Field.options(CareRole.class), "c3"),
                                    Field.select("practitioner", "Practitioner here", people, "c4"),
                                    Field.text("name", "Name, where outside", "c5"),
                                    Field.text("npi", "NPI", "c3"),
                                    Field.of("phone", "Phone", "tel", "c4"))
                            .hint("A practitioner who works here and is chosen may open the chart."),
                    Field.Group.of("Since", Field.date("from", "From", "c3"), Field.date("until", "Until", "c3")));
        }

        @Override
        public Map<String, String> read(Demographics data, @Nullable UUID item) {
            Map<String, String> values = new LinkedHashMap<>();
            Demographics.CareMember member = at(data.careTeam(), item, Demographics.CareMember::id);
            if (member == null) {
                values.put("role", CareRole.PCP.code());
                return values;
            }
            put(values, "role", member.role().code());
            put(values, "practitioner", member.practitioner());
            put(values, "name", member.practitioner() == null ? member.name() : "");
            put(values, "npi", member.npi());
            put(values, "phone", member.phone());
            date(values, "from", member.from());
            date(values, "until", member.until());
            return values;
        }

        @Override
        public Demographics apply(Demographics data, @Nullable UUID item, Values values) {
            CareRole role = values.choice("role", CareRole.class);
            String chosen = values.text("practitioner");
            PractitionerId practitioner = null;
            if (chosen != null) {
                try {
                    practitioner = PractitionerId.of(chosen);
                } catch (IllegalArgumentException e) {
                    values.error("practitioner", "Choose one of the list.");
                }
            }
            Demographics.CareMember member = new Demographics.CareMember(
                    item == null ? Uuid7.next() : item,
                    role == null ? CareRole.OTHER : role,
                    values.textOr("practitionerName", values.textOr("name", "")),
                    values.text("npi"),
                    practitioner,
                    values.text("phone"),
                    values.past("from"),
                    values.near("until"));
            List<Demographics.CareMember> team = data.careTeam();
            if (item == null && role == CareRole.PCP && member.until() == null) {
                PartialDate end = member.from() == null ? PartialDate.of(values.today()) : member.from();
                team = team.stream()
                        .map(old -> old.role() == CareRole.PCP && old.until() == null
                                ? new Demographics.CareMember(
                                        old.id(),
                                        old.role(),
                                        old.name(),
                                        old.npi(),
                                        old.practitioner(),
                                        old.phone(),
                                        old.from(),
                                        end)
                                : old)
                        .toList();
            }
            return data.toBuilder()
                    .careTeam(put(team, member, Demographics.CareMember::id))
                    .build();
        }

        @Override
        public boolean has(Demographics data, UUID item) {
            return at(data.careTeam(), item, Demographics.CareMember::id) != null;
        }
    }
}
