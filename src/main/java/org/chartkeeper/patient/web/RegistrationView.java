package org.chartkeeper.patient.web;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.patient.Coded;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.IdentifierKind;
import org.chartkeeper.patient.Language;
import org.chartkeeper.patient.Registration;
import org.chartkeeper.patient.Relationship;
import org.chartkeeper.patient.SexFact;
import org.chartkeeper.platform.PartialDate;
import org.jspecify.annotations.Nullable;

/** A registration as its page and the face sheet show it. */
record RegistrationView(
        int version,
        boolean identityUnknown,
        @Nullable String probableChart,
        List<Line> names,
        List<Line> sexes,
        List<Fact> facts,
        List<Line> numbers,
        List<Line> addresses,
        List<Line> telecoms,
        List<Line> contacts,
        List<Line> coverages,
        List<Line> guarantors,
        List<Line> careTeam,
        List<Registration.Related> related) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mm a", Locale.US);
    private static final double GRAMS_OF_OUNCE = 28.349523125;

    /** A label and its value. */
    record Fact(String label, String value) {}

    /**
     * A row of a list.
     *
     * @param kind what it is; {@code main} what it says, {@code detail} in smaller letters
     * @param dates from and until; empty where neither is known
     * @param marks words to be seen at once: returned mail, confidential, not shown
     * @param ended whether it is no longer in force
     */
    record Line(UUID id, String kind, String main, String detail, String dates, List<String> marks, boolean ended) {}

    static RegistrationView of(Registration registration, ZoneId zone) {
        Demographics data = registration.data();
        return new RegistrationView(
                registration.version(),
                data.identityUnknown(),
                registration.probableChart() == null
                        ? null
                        : registration.probableChart().toString(),
                data.names().stream().map(RegistrationView::name).toList(),
                data.sex().stream().map(RegistrationView::sex).toList(),
                facts(data, zone),
                numbers(data),
                data.addresses().stream().map(RegistrationView::address).toList(),
                data.telecoms().stream()
                        .map(telecom -> new Line(
                                telecom.id(),
                                telecom.use().label() + " "
                                        + telecom.system().label().toLowerCase(Locale.US),
                                telecom.value(),
                                text(telecom.note()),
                                dates(null, telecom.until()),
                                List.of(),
                                telecom.until() != null))
                        .toList(),
                data.contacts().stream().map(RegistrationView::contact).toList(),
                data.coverages().stream()
                        .sorted((one, other) -> Integer.compare(one.rank(), other.rank()))
                        .map(RegistrationView::coverage)
                        .toList(),
                data.guarantors().stream()
                        .map(guarantor -> new Line(
                                guarantor.id(),
                                relationship(guarantor.relationship()),
                                guarantor.name(),
                                joined(guarantor.phone(), guarantor.address()),
                                dates(guarantor.from(), guarantor.until()),
                                List.of(),
                                guarantor.until() != null))
                        .toList(),
                data.careTeam().stream()
                        .map(member -> new Line(
                                member.id(),
                                member.role().label(),
                                member.name(),
                                joined(member.npi() == null ? null : "NPI " + member.npi(), member.phone()),
                                dates(member.from(), member.until()),
                                List.of(),
                                member.until() != null))
                        .toList(),
                registration.related());
    }

    private static Line name(Demographics.Name name) {
        return new Line(
                name.id(),
                name.kind().label(),
                name.full(),
                name.proof() == null ? "" : "Proof: " + name.proof(),
                dates(name.from(), name.until()),
                name.suppressed() ? List.of("Not shown elsewhere") : List.of(),
                name.until() != null);
    }

    private static Line sex(SexFact fact) {
        return new Line(
                fact.id(),
                fact.kind().label(),
                fact.label(),
                joined(fact.note(), fact.proof() == null ? null : "Proof: " + fact.proof()),
                dates(fact.from(), fact.until()),
                List.of(),
                fact.until() != null);
    }

    private static List<Fact> facts(Demographics data, ZoneId zone) {
        List<Fact> facts = new ArrayList<>();
        PartialDate born = data.birthDate();
        facts.add(new Fact(
                "Birth date", born == null ? "Unknown" : born.show() + (data.birthEstimated() ? " (estimated)" : "")));
        if (data.birthTime() != null) {
            facts.add(new Fact(
                    "Time of birth", TIME.format(data.birthTime().atZone(zone)).toLowerCase(Locale.US)));
        }
        Demographics.Birth birth = data.birth();
        if (birth != null) {
            if (birth.order() != null) {
                facts.add(new Fact(
                        "Birth order", birth.order() + (birth.plurality() == null ? "" : " of " + birth.plurality())));
            }
            if (birth.gestationDays() != null) {
                facts.add(new Fact(
                        "Gestational age",
                        birth.gestationDays() / 7 + " weeks " + birth.gestationDays() % 7 + " days"));
            }
            if (birth.weightGrams() != null) {
                long ounces = Math.round(birth.weightGrams() / GRAMS_OF_OUNCE);
                facts.add(new Fact(
                        "Birth weight", birth.weightGrams() + " g (" + ounces / 16 + " lb " + ounces % 16 + " oz)"));
            }
        }
        if (data.deceased() != null) {
            facts.add(new Fact(
                    "Died",
                    PartialDate.find(data.deceased()).map(PartialDate::show).orElse("Date unknown")));
        }
        facts.add(new Fact(
                "Language",
                (data.language() == null ? "Not asked" : Language.label(data.language()))
                        + (data.interpreter() ? ", needs an interpreter" : "")));
        facts.add(new Fact(
                "Race",
                data.races().isEmpty()
                        ? "Not asked"
                        : data.races().stream().map(Coded::label).collect(Collectors.joining(", "))));
        facts.add(new Fact("Ethnicity", label(data.ethnicity())));
        facts.add(new Fact("Marital status", label(data.maritalStatus())));
        return facts;
    }

    private static String label(@Nullable Coded value) {
        return value == null ? "Not asked" : value.label();
    }

    private static List<Line> numbers(Demographics data) {
        return data.identifiers().stream()
                .map(number -> new Line(
                        number.id(),
                        number.kind().label(),
                        number.kind() == IdentifierKind.SOCIAL_SECURITY ? masked(number.value()) : number.value(),
                        number.assigner(),
                        dates(null, number.until()),
                        List.of(),
                        number.until() != null))
                .toList();
    }

    /** The last four digits alone. */
    static String masked(String number) {
        String digits = number.replaceAll("\\D", "");
        return "ends in " + digits.substring(Math.max(0, digits.length() - 4));
    }

    private static Line address(Demographics.Address address) {
        List<String> marks = new ArrayList<>();
        if (address.returnedSince() != null) {
            marks.add("Mail returned since "
                    + PartialDate.of(address.returnedSince()).show());
        }
        if (address.confidential()) {
            marks.add("Confidential");
        }
        return new Line(
                address.id(),
                address.kind().label(),
                address.oneLine(),
                "",
                dates(address.from(), address.until()),
                marks,
                address.until() != null);
    }

    private static Line contact(Demographics.Contact contact) {
        String roles = contact.roles().stream()
                .map(held -> held.role().label()
                        + (held.document() == null || held.document().isBlank() ? "" : " (" + held.document() + ")")
                        + (dates(held.from(), held.until()).isEmpty() ? "" : ", " + dates(held.from(), held.until())))
                .collect(Collectors.joining("; "));
        return new Line(
                contact.id(),
                relationship(contact.relationship()),
                contact.name(),
                joined(contact.phone(), contact.email(), contact.address(), contact.note()),
                "",
                roles.isEmpty() ? List.of() : List.of(roles.split("; ")),
                false);
    }

    private static Line coverage(Demographics.Coverage coverage) {
        boolean self =
                coverage.relationship() == null || coverage.relationship().equals(Relationship.SELF.code());
        return new Line(
                coverage.id(),
                coverage.rank() == 1 ? "Primary" : coverage.rank() == 2 ? "Secondary" : "No. " + coverage.rank(),
                coverage.payer() + (coverage.plan() == null ? "" : ", " + coverage.plan()),
                joined(
                        coverage.memberId() == null ? null : "member " + coverage.memberId(),
                        coverage.groupNumber() == null ? null : "group " + coverage.groupNumber(),
                        self
                                ? "patient is the subscriber"
                                : "subscriber " + text(coverage.subscriber()) + ", "
                                        + relationship(coverage.relationship()).toLowerCase(Locale.US),
                        coverage.verifiedOn() == null
                                ? "not verified"
                                : "verified "
                                        + PartialDate.of(coverage.verifiedOn()).show()),
                dates(coverage.from(), coverage.until()),
                List.of(),
                coverage.until() != null);
    }

    private static String relationship(@Nullable String code) {
        return Coded.find(Relationship.class, code)
                .map(Relationship::label)
                .orElse(
                        code == null || code.isEmpty()
                                ? ""
                                : code.substring(0, 1).toUpperCase(Locale.US) + code.substring(1));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String joined(@Nullable String... parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            if (part != null && !part.isBlank()) {
                text.append(text.isEmpty() ? "" : " · ").append(part);
            }
        }
        return text.toString();
    }

    private static String dates(@Nullable PartialDate from, @Nullable PartialDate until) {
        if (from == null) {
            return until == null ? "" : "until " + until.show();
        }
        return until == null ? "since " + from.show() : from.show() + " to " + until.show();
    }
}
