package org.chartkeeper.patient.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.IdentifierKind;
import org.chartkeeper.patient.NameKind;
import org.chartkeeper.patient.SexFact;
import org.chartkeeper.patient.TelecomSystem;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What a registration may not say (errors) and what it hardly ever says (warnings, accepted with a reason). A part that
 * stands as it stood before is not judged again, so that an accepted warning is asked once.
 */
final class Rules {

    /** Nobody was ever proved older than 122 years. */
    private static final int OLDEST = 125;

    private static final int VERY_OLD = 110;
    private static final int LONGEST_TEXT = 200;
    private static final int FEWEST_WEEKS = 20;
    private static final int MOST_WEEKS = 45;
    private static final int EARLY_WEEKS = 23;
    private static final int LATE_WEEKS = 42;
    private static final int MOST_BORN = 10;

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");
    private static final Pattern ZIP = Pattern.compile("\\d{5}(-?\\d{4})?");
    private static final Set<String> STATES = Set.of(
            "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY",
            "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH",
            "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "AS", "GU", "MP",
            "PR", "VI", "UM", "FM", "MH", "PW", "AA", "AE", "AP");

    private final List<Problem> problems = new ArrayList<>();
    private final @Nullable Demographics before;
    private final Demographics after;
    private final LocalDate today;
    private final Instant now;

    private Rules(@Nullable Demographics before, Demographics after, Clock clock) {
        this.before = before;
        this.after = after;
        this.now = clock.instant();
        this.today = LocalDate.now(clock);
    }

    static List<Problem> check(@Nullable Demographics before, Demographics after, Clock clock) {
        Rules rules = new Rules(before, after, clock);
        rules.names();
        rules.birth();
        rules.death();
        rules.sex();
        rules.identifiers();
        rules.addresses();
        rules.telecoms();
        rules.contacts();
        rules.coverages();
        rules.guarantors();
        rules.careTeam();
        return rules.problems;
    }

    private void error(String field, String message) {
        problems.add(Problem.error(field, message));
    }

    private void warn(String field, String message) {
        problems.add(Problem.warning(field, message));
    }

    private <T> List<T> added(List<T> was, List<T> is) {
        return is.stream().filter(item -> !was.contains(item)).toList();
    }

    private void names() {
        boolean named = after.names().stream()
                .anyMatch(name -> name.kind() == NameKind.LEGAL || name.kind() == NameKind.NEWBORN);
        if (!named && !after.identityUnknown()) {
            error("family", "Enter a family name.");
        }
        for (Demographics.Name name : added(before == null ? List.of() : before.names(), after.names())) {
            if (name.family().isBlank() && name.given().isBlank()) {
                error("family", "Enter a family name or a given name.");
            } else if (name.kind() == NameKind.LEGAL && name.family().isBlank()) {
                warn("family", "This person has no family name.");
            } else if (name.kind() == NameKind.LEGAL && name.given().isBlank()) {
                warn("given", "This person has no given name.");
            }
            tooLong("family", name.family());
            tooLong("given", name.given());
            String whole = name.family() + name.given();
            if (whole.chars().anyMatch(c -> c < ' ' || c == '<' || c == '>' || c == '|' || c == '^')) {
                error("family", "A name has no characters such as < > | ^.");
            } else if (whole.chars().anyMatch(Character::isDigit)) {
                warn("family", "A name hardly ever has digits.");
            }
            span("from", name.from(), name.until(), "name");
            future("from", name.from(), "The name is in use from a day that has not come yet.");
        }
    }

    private void birth() {
        PartialDate born = after.birthDate();
        boolean same = before != null && Objects.equals(before.birthDate(), born);
        if (born != null && !same) {
            if (born.from().isAfter(today.plusDays(1))) {
                error("birthDate", "The birth date lies in the future.");
            } else if (born.to().isBefore(today.minusYears(OLDEST))) {
                error("birthDate", "Nobody is older than " + OLDEST + " years.");
            } else if (born.to().isBefore(today.minusYears(VERY_OLD)) && after.deceased() == null) {
                warn("birthDate", "Born " + born.show() + ": older than " + VERY_OLD + " years.");
            }
        }
        if (born == null && before == null && !after.identityUnknown()) {
            warn("birthDate", "No birth date: the patient is hard to tell from others.");
        }
        Instant time = after.birthTime();
        if (time != null && (before == null || !time.equals(before.birthTime()))) {
            if (time.isAfter(now)) {
                error("birthTime", "The time of birth lies in the future.");
            }
            if (born == null || !born.exact()) {
                error("birthDate", "A time of birth needs the day of birth.");
            }
        }
        Demographics.Birth birth = after.birth();
        if (birth != null && (before == null || !birth.equals(before.birth()))) {
            birthFacts(birth);
        }
    }

    private void birthFacts(Demographics.Birth birth) {
        Integer order = birth.order();
        Integer plurality = birth.plurality();
        if (plurality != null && (plurality < 1 || plurality > MOST_BORN)) {
            error("plurality", "The number born is between 1 and " + MOST_BORN + ".");
        }
        if (order != null && (order < 1 || order > (plurality == null ? MOST_BORN : plurality))) {
            error("order", "The birth order is between 1 and the number born.");
        }
        Integer gestation = birth.gestationDays();
        if (gestation != null) {
            int weeks = gestation / 7;
            if (weeks < FEWEST_WEEKS || weeks > MOST_WEEKS) {
                error("weeks", "A gestational age is between " + FEWEST_WEEKS + " and " + MOST_WEEKS + " weeks.");
            } else if (weeks < EARLY_WEEKS || weeks > LATE_WEEKS) {
                warn("weeks", "Born after " + weeks + " weeks.");
            }
        }
        Integer weight = birth.weightGrams();
        if (weight != null) {
            if (weight < 200 || weight > 8000) {
                error("weight", "A birth weight is between 200 g and 8,000 g (7 oz and 17 lb 10 oz).");
            } else if (weight < 500 || weight > 5500) {
                warn("weight", "A birth weight of " + weight + " g.");
            } else if (gestation != null && gestation >= 37 * 7 && weight < 1500) {
                warn("weight", weight + " g after " + gestation / 7 + " weeks.");
            } else if (gestation != null && gestation < 30 * 7 && weight > 2500) {
                warn("weight", weight + " g after only " + gestation / 7 + " weeks.");
            }
        }
    }

    private void death() {
        String deceased = after.deceased();
        if (deceased == null || (before != null && deceased.equals(before.deceased()))) {
            return;
        }
        PartialDate died = PartialDate.find(deceased).orElse(null);
        if (died == null && !deceased.equals("true")) {
            error("deceased", "The date of death is no date.");
        } else if (died != null && died.from().isAfter(today.plusDays(1))) {
            error("deceased", "The date of death lies in the future.");
        } else if (died != null && after.birthDate() != null && died.isBefore(after.birthDate())) {
            error("deceased", "The date of death lies before the birth date.");
        }
    }

    private void sex() {
        for (SexFact fact : added(before == null ? List.of() : before.sex(), after.sex())) {
            span("from", fact.from(), fact.until(), "statement");
            if (fact.value().isBlank()) {
                error("value", "Choose a value.");
            }
            String note = fact.note();
            if (fact.value().equals("specified") && (note == null || note.isBlank())) {
                error("note", "Say in the note what is specified.");
            }
        }
    }

    private void identifiers() {
        for (Demographics.Mrn mrn : added(before == null ? List.of() : before.mrns(), after.mrns())) {
            if (Numbers.plain(mrn.value()).isEmpty()) {
                error("mrn", "An MRN has letters or digits.");
            }
        }
        for (Demographics.Identifier number :
                added(before == null ? List.of() : before.identifiers(), after.identifiers())) {
            if (number.assigner().isBlank()) {
                error("assigner", "Say who gave the number.");
            }
            if (Numbers.plain(number.value()).isEmpty()) {
                error("value", "Enter the number.");
            }
            if (number.kind() == IdentifierKind.SOCIAL_SECURITY && impossibleSsn(number.value())) {
                error("value", "This is no Social Security number: nine digits, not 000, 666 or 9xx at the start.");
            }
        }
    }

    /** Numbers never issued (Social Security Administration, POMS RM 10201.035); 9xx is left to imports of test data. */
    private static boolean impossibleSsn(String value) {
        String digits = value.replaceAll("\\D", "");
        return digits.length() != 9
                || digits.startsWith("000")
                || digits.startsWith("666")
                || digits.startsWith("9")
                || digits.startsWith("00", 3)
                || digits.endsWith("0000");
    }

    private void addresses() {
        for (Demographics.Address address : added(before == null ? List.of() : before.addresses(), after.addresses())) {
            if (address.lines().isEmpty() && address.city() == null && address.postalCode() == null) {
                error("line1", "Enter an address.");
            }
            boolean domestic = address.country() == null || address.country().equals("US");
            String state = address.state();
            if (domestic && state != null && !STATES.contains(state)) {
                error("state", "\"" + state + "\" is no state: use two letters, such as MA.");
            }
            String zip = address.postalCode();
            if (domestic && zip != null && !ZIP.matcher(zip).matches()) {
                error("postalCode", "A ZIP code has five or nine digits.");
            }
            span("from", address.from(), address.until(), "address");
            LocalDate returned = address.returnedSince();
            if (returned != null && returned.isAfter(today)) {
                error("returnedSince", "Mail cannot have come back in the future.");
            }
        }
    }

    private void telecoms() {
        for (Demographics.Telecom telecom : added(before == null ? List.of() : before.telecoms(), after.telecoms())) {
            String field = telecom.system() == TelecomSystem.EMAIL
                    ? "email"
                    : telecom.use().code() + "Phone";
            if (telecom.system() == TelecomSystem.EMAIL) {
                email(field, telecom.value());
            } else {
                phone(field, telecom.value());
            }
        }
    }

    private void email(String field, @Nullable String value) {
        if (value != null && !EMAIL.matcher(value).matches()) {
            error(field, "\"" + value + "\" is no e-mail address.");
        }
    }

    private void phone(String field, @Nullable String value) {
        if (value == null) {
            return;
        }
        String digits = Numbers.phone(value);
        if (digits.length() < 7 || digits.length() > 15) {
            error(field, "A phone number has ten digits.");
        } else if (digits.length() != 10 && !value.strip().startsWith("+")) {
            warn(field, "\"" + value + "\" has " + digits.length() + " digits; a US number has ten.");
        } else if (digits.length() == 10 && (digits.charAt(0) < '2' || digits.charAt(3) < '2')) {
            warn(field, "\"" + value + "\" is no number that is given out in the United States.");
        }
    }

    private void contacts() {
        for (Demographics.Contact contact : added(before == null ? List.of() : before.contacts(), after.contacts())) {
            if (contact.name().isBlank()) {
                error("name", "Enter a name.");
            }
            tooLong("name", contact.name());
            phone("phone", contact.phone());
            email("email", contact.email());
            int row = 0;
            for (Demographics.HeldRole held : contact.roles()) {
                row++;
                span("role" + row + "Until", held.from(), held.until(), "role");
                if (held.role().needsDocument()
                        && (held.document() == null || held.document().isBlank())) {
                    warn("role" + row + "Document", held.role().label() + " without the document that proves it.");
                }
            }
        }
    }

    private void coverages() {
        for (Demographics.Coverage coverage :
                added(before == null ? List.of() : before.coverages(), after.coverages())) {
            if (coverage.payer().isBlank()) {
                error("payer", "Enter the payer.");
            }
            if (coverage.rank() < 1 || coverage.rank() > 9) {
                error("rank", "The order is between 1 (primary) and 9.");
            }
            if (coverage.memberId() == null || coverage.memberId().isBlank()) {
                warn("memberId", "A coverage without member number cannot be verified.");
            }
            if (!"self".equals(coverage.relationship())
                    && coverage.relationship() != null
                    && (coverage.subscriber() == null || coverage.subscriber().isBlank())) {
                error("subscriber", "Enter the subscriber, since it is not the patient.");
            }
            span("until", coverage.from(), coverage.until(), "coverage");
            LocalDate verified = coverage.verifiedOn();
            if (verified != null && verified.isAfter(today)) {
                error("verifiedOn", "It cannot have been verified in the future.");
            }
            after.coverages().stream()
                    .filter(other -> !other.id().equals(coverage.id())
                            && other.rank() == coverage.rank()
                            && overlap(other.from(), other.until(), coverage.from(), coverage.until()))
                    .findFirst()
                    .ifPresent(other -> warn(
                            "rank", "Another coverage (" + other.payer() + ") has the same order at the same time."));
        }
    }

    private static boolean overlap(
            @Nullable PartialDate from,
            @Nullable PartialDate until,
            @Nullable PartialDate otherFrom,
            @Nullable PartialDate otherUntil) {
        boolean endsBefore = until != null && otherFrom != null && !until.to().isAfter(otherFrom.from());
        boolean beginsAfter =
                from != null && otherUntil != null && !otherUntil.to().isAfter(from.from());
        return !endsBefore && !beginsAfter;
    }

    private void guarantors() {
        for (Demographics.Guarantor guarantor :
                added(before == null ? List.of() : before.guarantors(), after.guarantors())) {
            if (guarantor.name().isBlank()) {
                error("name", "Enter a name.");
            }
            phone("phone", guarantor.phone());
            span("until", guarantor.from(), guarantor.until(), "guarantor");
        }
    }

    private void careTeam() {
        for (Demographics.CareMember member : added(before == null ? List.of() : before.careTeam(), after.careTeam())) {
            if (member.name().isBlank()) {
                error("name", "Enter a name or choose one.");
            }
            String npi = member.npi();
            if (npi != null && !Numbers.isNpi(npi)) {
                error("npi", "\"" + npi + "\" is no NPI: its ten digits do not check.");
            }
            phone("phone", member.phone());
            span("until", member.from(), member.until(), "part in the care");
        }
    }

    private void span(String field, @Nullable PartialDate from, @Nullable PartialDate until, String what) {
        if (from != null && until != null && until.isBefore(from)) {
            error(field, "The end of the " + what + " lies before its start.");
        }
    }

    private void future(String field, @Nullable PartialDate date, String message) {
        if (date != null && ChronoUnit.DAYS.between(today, date.from()) > 1) {
            warn(field, message);
        }
    }

    private void tooLong(String field, String text) {
        if (text.length() > LONGEST_TEXT) {
            error(field, "Longer than " + LONGEST_TEXT + " characters.");
        }
    }
}
