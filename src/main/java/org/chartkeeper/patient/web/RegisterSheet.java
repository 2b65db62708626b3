package org.chartkeeper.patient.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.chartkeeper.access.Directory;
import org.chartkeeper.patient.AddressKind;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.NameKind;
import org.chartkeeper.patient.SexFact;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;

/** A new patient on one page; also who an unidentified patient turned out to be. */
class RegisterSheet implements Sheet {

    private static final List<SexFact.Kind> ASKED =
            List.of(SexFact.Kind.REGISTERED, SexFact.Kind.AT_BIRTH, SexFact.Kind.IDENTITY, SexFact.Kind.PRONOUNS);

    private final boolean whole;

    /** @param whole false where only name, birth date, sex and address are asked, as when somebody is identified */
    RegisterSheet(boolean whole) {
        this.whole = whole;
    }

    @Override
    public String title() {
        return "Patient";
    }

    private static Field sex(SexFact.Kind kind) {
        return Field.select(
                field(kind),
                kind.label(),
                kind.options().stream()
                        .map(option -> new Field.Option(option.code(), option.label()))
                        .toList(),
                "c3");
    }

    private static String field(SexFact.Kind kind) {
        return switch (kind) {
            case REGISTERED -> "sex";
            case CLINICAL -> "clinicalSex";
            case AT_BIRTH -> "birthSex";
            case IDENTITY -> "identity";
            case PRONOUNS -> "pronouns";
        };
    }

    @Override
    public List<Field.Group> groups(List<Directory.Practitioner> practitioners) {
        Field.Group name = Field.Group.of(
                "Name",
                Field.text("family", "Family name", "c4"),
                Field.text("given", "Given name", "c3"),
                Field.text("middle", "Middle names", "c3"),
                Field.text("suffix", "Suffix", "c2"),
                Field.text("preferred", "Preferred given name", "c4"),
                Field.text("former", "Former family name", "c3").hint("Birth or earlier name"),
                Field.text("proof", "Proof seen", "c5").hint("Driver's license, birth certificate"));
        Field.Group birth = Field.Group.of(
                "Birth date and sex",
                Field.date("birthDate", "Birth date", "c3"),
                sex(SexFact.Kind.REGISTERED),
                sex(SexFact.Kind.AT_BIRTH),
                sex(SexFact.Kind.IDENTITY),
                sex(SexFact.Kind.PRONOUNS));
        Field.Group address = Field.Group.of(
                "Address",
                Field.text("line1", "Street", "c4"),
                Field.text("line2", "Apartment, unit", "c2"),
                Field.text("city", "City", "c3"),
                Field.text("state", "State", "c1"),
                Field.text("postalCode", "ZIP code", "c2"));
        return whole
                ? List.of(name, birth, address, CoreSheet.reach(), CoreSheet.background(), CoreSheet.races())
                : List.of(name, birth, address, CoreSheet.reach());
    }

    @Override
    public Map<String, String> read(Demographics data, @Nullable UUID item) {
        Map<String, String> values = new LinkedHashMap<>();
        data.sex(SexFact.Kind.REGISTERED).ifPresent(fact -> values.put("sex", fact.value()));
        return values;
    }

    @Override
    public Demographics apply(Demographics data, @Nullable UUID item, Values values) {
        PartialDate born = values.past("birthDate");
        Demographics.Builder next = data.toBuilder().birthDate(born).birthEstimated(false);
        String family = values.textOr("family", "");
        String given = values.textOr("given", "");
        if (!family.isEmpty() || !given.isEmpty()) {
            next.name(new Demographics.Name(
                    Uuid7.next(),
                    NameKind.LEGAL,
                    family,
                    given,
                    values.text("middle"),
                    null,
                    values.text("suffix"),
                    null,
                    null,
                    values.text("proof"),
                    false));
        }
        String preferred = values.text("preferred");
        if (preferred != null) {
            next.name(Demographics.Name.of(NameKind.PREFERRED, family, preferred));
        }
        String former = values.text("former");
        if (former != null) {
            next.name(Demographics.Name.of(NameKind.FORMER, former, given));
        }
        sexes(next, data, values);
        List<String> lines = Sheets.Addresses.lines(values);
        if (!lines.isEmpty() || values.text("city") != null || values.text("postalCode") != null) {
            next.address(new Demographics.Address(
                    Uuid7.next(),
                    AddressKind.HOME,
                    lines,
                    values.text("city"),
                    Sheets.Addresses.state(values),
                    values.text("postalCode"),
                    "US",
                    null,
                    null,
                    null,
                    false));
        }
        if (whole) {
            CoreSheet.applyRest(next, data, values);
        } else {
            next.telecoms(CoreSheet.telecoms(data.telecoms(), values));
        }
        return next.build();
    }

    private static void sexes(Demographics.Builder next, Demographics data, Values values) {
        for (SexFact.Kind kind : ASKED) {
            String value = values.text(field(kind));
            String stored = data.sex(kind).map(SexFact::value).orElse(null);
            if (value == null || Objects.equals(value, stored)) {
                if (kind == SexFact.Kind.REGISTERED && value == null && stored == null) {
                    values.error("sex", "Choose the registered sex; unknown is a choice.");
                }
                continue;
            }
            if (kind.options().stream().noneMatch(option -> option.code().equals(value))) {
                values.error(field(kind), "Choose one of the list.");
                continue;
            }
            if (stored != null) {
                next.sexFacts(data.sex().stream()
                        .map(fact -> fact.kind() == kind && fact.until() == null
                                ? fact.ended(PartialDate.of(values.today()))
                                : fact)
                        .toList());
            }
            next.sex(SexFact.of(kind, value));
        }
    }
}
