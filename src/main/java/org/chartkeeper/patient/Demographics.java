package org.chartkeeper.patient;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * All that is registered about a patient: the content of one version of the registration. It is a value: a change makes
 * another one by {@link #toBuilder()}. Parts have ids that stay the same through all versions.
 *
 * @param identityUnknown true while nobody knows who it is; the alias is a name of kind alias then
 * @param birthEstimated true where the birth date is an estimate
 * @param birthTime moment of birth, of a newborn
 * @param deceased ISO date or moment of death, {@code true} where only the fact is known, null while living
 * @param language BCP 47 tag
 * @param interpreter whether an interpreter is needed
 */
public record Demographics(
        boolean identityUnknown,
        List<Name> names,
        @Nullable PartialDate birthDate,
        boolean birthEstimated,
        @Nullable Instant birthTime,
        @Nullable Birth birth,
        List<SexFact> sex,
        @Nullable String deceased,
        @Nullable String language,
        boolean interpreter,
        List<Race> races,
        @Nullable Ethnicity ethnicity,
        @Nullable MaritalStatus maritalStatus,
        List<Mrn> mrns,
        List<Identifier> identifiers,
        List<Address> addresses,
        List<Telecom> telecoms,
        List<Contact> contacts,
        List<Coverage> coverages,
        List<Guarantor> guarantors,
        List<CareMember> careTeam) {

    /** Empty lists are left out of the stored text; they come back empty. */
    public Demographics {
        names = copy(names);
        sex = copy(sex);
        races = copy(races);
        mrns = copy(mrns);
        identifiers = copy(identifiers);
        addresses = copy(addresses);
        telecoms = copy(telecoms);
        contacts = copy(contacts);
        coverages = copy(coverages);
        guarantors = copy(guarantors);
        careTeam = copy(careTeam);
    }

    private static <T> List<T> copy(@Nullable Collection<? extends T> items) {
        return items == null ? List.of() : List.copyOf(items);
    }

    /**
     * A name.
     *
     * @param middle further given names
     * @param proof what was seen that proves it: driver's license, court order
     * @param suppressed true where the patient has asked not to show it; it still finds the chart
     */
    public record Name(
            UUID id,
            NameKind kind,
            String family,
            String given,
            @Nullable String middle,
            @Nullable String prefix,
            @Nullable String suffix,
            @Nullable PartialDate from,
            @Nullable PartialDate until,
            @Nullable String proof,
            boolean suppressed) {

        public static Name of(NameKind kind, String family, String given) {
            return new Name(Uuid7.next(), kind, family, given, null, null, null, null, null, null, false);
        }

        public Name withMiddle(@Nullable String text) {
            return new Name(id, kind, family, given, text, prefix, suffix, from, until, proof, suppressed);
        }

        public Name ofKind(NameKind other) {
            return new Name(id, other, family, given, middle, prefix, suffix, from, until, proof, suppressed);
        }

        public Name since(@Nullable PartialDate start) {
            return new Name(id, kind, family, given, middle, prefix, suffix, start, until, proof, suppressed);
        }

        public Name ended(@Nullable PartialDate end) {
            return new Name(id, kind, family, given, middle, prefix, suffix, from, end, proof, suppressed);
        }

        public Name provedBy(@Nullable String document) {
            return new Name(id, kind, family, given, middle, prefix, suffix, from, until, document, suppressed);
        }

        public Name suppressed(boolean hide) {
            return new Name(id, kind, family, given, middle, prefix, suffix, from, until, proof, hide);
        }

        /** "Dr. Eleanor M. Whitfield Jr." as far as there is of it. */
        public String full() {
            StringBuilder text = new StringBuilder();
            for (String part : new @Nullable String[] {prefix, given, middle, family, suffix}) {
                if (part != null && !part.isBlank()) {
                    text.append(text.isEmpty() ? "" : " ").append(part);
                }
            }
            return text.toString();
        }
    }

    /**
     * What is recorded of a birth.
     *
     * @param order which of a multiple birth, 1 for the first
     * @param plurality how many were born: 1, 2 for twins
     * @param gestationDays gestational age in days: 38 weeks and 4 days are 270
     * @param weightGrams birth weight in grams
     */
    public record Birth(
            @Nullable Integer order,
            @Nullable Integer plurality,
            @Nullable Integer gestationDays,
            @Nullable Integer weightGrams) {}

    /** An MRN and the facility whose it is. */
    public record Mrn(UUID id, FacilityId facility, String value) {

        public static Mrn of(FacilityId facility, String value) {
            return new Mrn(Uuid7.next(), facility, value);
        }
    }

    /**
     * A number that somebody else gave.
     *
     * @param assigner who gave it, as a URI or a name
     * @param until when it ceased to be in force, null while it is
     */
    public record Identifier(
            UUID id,
            String assigner,
            String value,
            IdentifierKind kind,
            @Nullable PartialDate until) {

        public static Identifier of(String assigner, String value, IdentifierKind kind) {
            return new Identifier(Uuid7.next(), assigner, value, kind, null);
        }
    }

    /**
     * An address.
     *
     * @param returnedSince since when mail to it comes back, null where it does not
     * @param confidential true where mail must go here and nowhere else (45 CFR 164.522(b))
     */
    public record Address(
            UUID id,
            AddressKind kind,
            List<String> lines,
            @Nullable String city,
            @Nullable String state,
            @Nullable String postalCode,
            @Nullable String country,
            @Nullable PartialDate from,
            @Nullable PartialDate until,
            @Nullable LocalDate returnedSince,
            boolean confidential) {

        public Address {
            lines = copy(lines);
        }

        public static Address of(AddressKind kind, String line, String city, String state, String postalCode) {
            return new Address(
                    Uuid7.next(), kind, List.of(line), city, state, postalCode, "US", null, null, null, false);
        }

        public Address returned(@Nullable LocalDate since) {
            return new Address(id, kind, lines, city, state, postalCode, country, from, until, since, confidential);
        }

        public Address confidential(boolean only) {
            return new Address(id, kind, lines, city, state, postalCode, country, from, until, returnedSince, only);
        }

        /** "12 Elm St, Springfield, MA 01101". */
        public String oneLine() {
            List<String> parts = new ArrayList<>(lines);
            if (city != null) {
                parts.add(city);
            }
            String region = ((state == null ? "" : state) + " " + (postalCode == null ? "" : postalCode)).strip();
            if (!region.isEmpty()) {
                parts.add(region);
            }
            if (country != null && !country.equals("US")) {
                parts.add(country);
            }
            return String.join(", ", parts);
        }
    }

    /** A phone or fax number or an e-mail address. */
    public record Telecom(
            UUID id,
            TelecomSystem system,
            TelecomUse use,
            String value,
            @Nullable String note,
            @Nullable PartialDate until) {

        public static Telecom of(TelecomSystem system, TelecomUse use, String value) {
            return new Telecom(Uuid7.next(), system, use, value, null, null);
        }
    }

    /**
     * Somebody who belongs to the patient, and in which roles.
     *
     * @param source and {@code sourceId}: where an import brought it, null where it was entered here
     */
    public record Contact(
            UUID id,
            String name,
            @Nullable String relationship,
            @Nullable String phone,
            @Nullable String email,
            @Nullable String address,
            @Nullable String note,
            List<HeldRole> roles,
            @Nullable String source,
            @Nullable String sourceId) {

        public Contact {
            roles = copy(roles);
        }

        public static Contact of(String name, Relationship relationship, @Nullable String phone, HeldRole... roles) {
            return new Contact(
                    Uuid7.next(), name, relationship.code(), phone, null, null, null, List.of(roles), null, null);
        }

        /** Whether one of its roles is in force on a day. */
        public boolean holds(ContactRole role, LocalDate day) {
            return roles.stream().anyMatch(held -> held.role() == role && held.inForce(day));
        }
    }

    /** A role of a contact, when it began and ends, and the document that proves it. */
    public record HeldRole(
            UUID id,
            ContactRole role,
            @Nullable PartialDate from,
            @Nullable PartialDate until,
            @Nullable String document) {

        public static HeldRole of(ContactRole role) {
            return new HeldRole(Uuid7.next(), role, null, null, null);
        }

        public HeldRole provedBy(String text) {
            return new HeldRole(id, role, from, until, text);
        }

        public boolean inForce(LocalDate day) {
            return current(from, until, day);
        }
    }

    /**
     * A coverage.
     *
     * @param rank 1 for the primary
     * @param relationship of the patient to the subscriber
     * @param verifiedOn when it was last verified with the payer, and by whom
     */
    public record Coverage(
            UUID id,
            int rank,
            String payer,
            @Nullable String plan,
            @Nullable String memberId,
            @Nullable String groupNumber,
            @Nullable String subscriber,
            @Nullable String relationship,
            @Nullable PartialDate from,
            @Nullable PartialDate until,
            @Nullable LocalDate verifiedOn,
            @Nullable UserId verifiedBy,
            @Nullable String source,
            @Nullable String sourceId) {

        public static Coverage of(int rank, String payer, String plan, String memberId, String groupNumber) {
            return new Coverage(
                    Uuid7.next(),
                    rank,
                    payer,
                    plan,
                    memberId,
                    groupNumber,
                    null,
                    "self",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }

        public Coverage during(@Nullable PartialDate start, @Nullable PartialDate end) {
            return new Coverage(
                    id,
                    rank,
                    payer,
                    plan,
                    memberId,
                    groupNumber,
                    subscriber,
                    relationship,
                    start,
                    end,
                    verifiedOn,
                    verifiedBy,
                    source,
                    sourceId);
        }

        public Coverage subscribedBy(String name, Relationship patientIs) {
            return new Coverage(
                    id,
                    rank,
                    payer,
                    plan,
                    memberId,
                    groupNumber,
                    name,
                    patientIs.code(),
                    from,
                    until,
                    verifiedOn,
                    verifiedBy,
                    source,
                    sourceId);
        }

        public boolean inForce(LocalDate day) {
            return current(from, until, day);
        }
    }

    /** Who pays what the coverage does not. */
    public record Guarantor(
            UUID id,
            String name,
            @Nullable String relationship,
            @Nullable String phone,
            @Nullable String address,
            @Nullable PartialDate from,
            @Nullable PartialDate until) {

        public static Guarantor of(String name, Relationship relationship, @Nullable String phone) {
            return new Guarantor(Uuid7.next(), name, relationship.code(), phone, null, null, null);
        }
    }

    /**
     * Somebody who takes lasting care of the patient.
     *
     * @param npi ten digits, null where unknown
     * @param practitioner who it is in the directory, null for somebody outside
     */
    public record CareMember(
            UUID id,
            CareRole role,
            String name,
            @Nullable String npi,
            @Nullable PractitionerId practitioner,
            @Nullable String phone,
            @Nullable PartialDate from,
            @Nullable PartialDate until) {

        public static CareMember of(CareRole role, String name, @Nullable PractitionerId practitioner) {
            return new CareMember(Uuid7.next(), role, name, null, practitioner, null, null, null);
        }

        public boolean inForce(LocalDate day) {
            return current(from, until, day);
        }
    }

    /** Whether a day lies within what both ends can mean; an open end has no limit. */
    public static boolean current(@Nullable PartialDate from, @Nullable PartialDate until, LocalDate day) {
        return (from == null || !from.from().isAfter(day))
                && (until == null || !until.to().isBefore(day));
    }

    /**
     * The name in use: legal, else a newborn's, else an alias, else whatever there is; of several the one without end,
     * else the last. Empty where there is no name at all.
     */
    public Optional<Name> nameInUse() {
        for (NameKind kind : List.of(NameKind.LEGAL, NameKind.NEWBORN, NameKind.ALIAS)) {
            Optional<Name> open = names.stream()
                    .filter(name -> name.kind() == kind && name.until() == null)
                    .reduce((earlier, later) -> later);
            if (open.isPresent()) {
                return open;
            }
        }
        return names.stream()
                .filter(name -> name.kind() != NameKind.PREFERRED)
                .reduce((earlier, later) -> later)
                .or(() -> names.stream().findFirst());
    }

    /** The preferred name in force. */
    public Optional<Name> preferredName() {
        return names.stream()
                .filter(name -> name.kind() == NameKind.PREFERRED && name.until() == null)
                .reduce((earlier, later) -> later);
    }

    /** The fact of a kind that is in force: the last without end. */
    public Optional<SexFact> sex(SexFact.Kind kind) {
        return sex.stream()
                .filter(fact -> fact.kind() == kind && fact.until() == null)
                .reduce((earlier, later) -> later);
    }

    @JsonIgnore
    public boolean isDeceased() {
        return deceased != null;
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Makes registrations; each list can be added to and replaced. */
    public static final class Builder {
        private boolean identityUnknown;
        private List<Name> names = new ArrayList<>();
        private @Nullable PartialDate birthDate;
        private boolean birthEstimated;
        private @Nullable Instant birthTime;
        private @Nullable Birth birth;
        private List<SexFact> sex = new ArrayList<>();
        private @Nullable String deceased;
        private @Nullable String language;
        private boolean interpreter;
        private List<Race> races = new ArrayList<>();
        private @Nullable Ethnicity ethnicity;
        private @Nullable MaritalStatus maritalStatus;
        private List<Mrn> mrns = new ArrayList<>();
        private List<Identifier> identifiers = new ArrayList<>();
        private List<Address> addresses = new ArrayList<>();
        private List<Telecom> telecoms = new ArrayList<>();
        private List<Contact> contacts = new ArrayList<>();
        private List<Coverage> coverages = new ArrayList<>();
        private List<Guarantor> guarantors = new ArrayList<>();
        private List<CareMember> careTeam = new ArrayList<>();

        private Builder() {}

        private Builder(Demographics from) {
            identityUnknown = from.identityUnknown;
            names.addAll(from.names);
            birthDate = from.birthDate;
            birthEstimated = from.birthEstimated;
            birthTime = from.birthTime;
            birth = from.birth;
            sex.addAll(from.sex);
            deceased = from.deceased;
            language = from.language;
            interpreter = from.interpreter;
            races.addAll(from.races);
            ethnicity = from.ethnicity;
            maritalStatus = from.maritalStatus;
            mrns.addAll(from.mrns);
            identifiers.addAll(from.identifiers);
            addresses.addAll(from.addresses);
            telecoms.addAll(from.telecoms);
            contacts.addAll(from.contacts);
            coverages.addAll(from.coverages);
            guarantors.addAll(from.guarantors);
            careTeam.addAll(from.careTeam);
        }

        public Builder identityUnknown(boolean unknown) {
            identityUnknown = unknown;
            return this;
        }

        public Builder name(Name name) {
            names.add(name);
            return this;
        }

        public Builder names(List<Name> all) {
            names = new ArrayList<>(all);
            return this;
        }

        public Builder birthDate(@Nullable PartialDate date) {
            birthDate = date;
            return this;
        }

        public Builder birthEstimated(boolean estimated) {
            birthEstimated = estimated;
            return this;
        }

        public Builder birthTime(@Nullable Instant moment) {
            birthTime = moment;
            return this;
        }

        public Builder birth(@Nullable Birth facts) {
            birth = facts;
            return this;
        }

        public Builder sex(SexFact fact) {
            sex.add(fact);
            return this;
        }

        public Builder sexFacts(List<SexFact> all) {
            sex = new ArrayList<>(all);
            return this;
        }

        public Builder deceased(@Nullable String when) {
            deceased = when;
            return this;
        }

        public Builder language(@Nullable String tag) {
            language = tag;
            return this;
        }

        public Builder interpreter(boolean needed) {
            interpreter = needed;
            return this;
        }

        public Builder races(List<Race> all) {
            races = new ArrayList<>(all);
            return this;
        }

        public Builder ethnicity(@Nullable Ethnicity value) {
            ethnicity = value;
            return this;
        }

        public Builder maritalStatus(@Nullable MaritalStatus value) {
            maritalStatus = value;
            return this;
        }

        public Builder mrn(Mrn mrn) {
            mrns.add(mrn);
            return this;
        }

        public Builder mrns(List<Mrn> all) {
            mrns = new ArrayList<>(all);
            return this;
        }

        public Builder identifier(Identifier identifier) {
            identifiers.add(identifier);
            return this;
        }

        public Builder identifiers(List<Identifier> all) {
            identifiers = new ArrayList<>(all);
            return this;
        }

        public Builder address(Address address) {
            addresses.add(address);
            return this;
        }

        public Builder addresses(List<Address> all) {
            addresses = new ArrayList<>(all);
            return this;
        }

        public Builder telecom(Telecom telecom) {
            telecoms.add(telecom);
            return this;
        }

        public Builder telecoms(List<Telecom> all) {
            telecoms = new ArrayList<>(all);
            return this;
        }

        public Builder contact(Contact contact) {
            contacts.add(contact);
            return this;
        }

        public Builder contacts(List<Contact> all) {
            contacts = new ArrayList<>(all);
            return this;
        }

        public Builder coverage(Coverage coverage) {
            coverages.add(coverage);
            return this;
        }

        public Builder coverages(List<Coverage> all) {
            coverages = new ArrayList<>(all);
            return this;
        }

        public Builder guarantor(Guarantor guarantor) {
            guarantors.add(guarantor);
            return this;
        }

        public Builder guarantors(List<Guarantor> all) {
            guarantors = new ArrayList<>(all);
            return this;
        }

        public Builder careMember(CareMember member) {
            careTeam.add(member);
            return this;
        }

        public Builder careTeam(List<CareMember> all) {
            careTeam = new ArrayList<>(all);
            return this;
        }

        public Demographics build() {
            return new Demographics(
                    identityUnknown,
                    names,
                    birthDate,
                    birthEstimated,
                    birthTime,
                    birth,
                    sex,
                    deceased,
                    language,
                    interpreter,
                    races,
                    ethnicity,
                    maritalStatus,
                    mrns,
                    identifiers,
                    addresses,
                    telecoms,
                    contacts,
                    coverages,
                    guarantors,
                    careTeam);
        }
    }
}
