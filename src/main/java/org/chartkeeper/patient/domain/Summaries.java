package org.chartkeeper.patient.domain;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.access.Directory;
import org.chartkeeper.patient.CareRole;
import org.chartkeeper.patient.ContactRole;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.Language;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.SexFact;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a banner says of a registration. */
@Component
class Summaries {

    private static final int ADULT = 18;

    private final Directory directory;
    private final Clock clock;

    Summaries(Directory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    PatientSummary of(PatientId id, Demographics data, @Nullable PatientId probableChart, List<String> sameNames) {
        LocalDate today = LocalDate.now(clock);
        Demographics.Name name = data.nameInUse().orElse(null);
        String given = name == null ? "" : name.given();
        String preferred = data.preferredName()
                .map(Demographics.Name::given)
                .filter(other -> !other.isBlank() && !other.equals(given))
                .orElse(null);
        return new PatientSummary(
                id,
                name == null ? "Name unknown" : name.family(),
                given,
                preferred,
                data.sex(SexFact.Kind.PRONOUNS).map(SexFact::label).orElse(null),
                data.birthDate() == null ? null : data.birthDate().toString(),
                data.birthTime(),
                data.sex(SexFact.Kind.REGISTERED).map(SexFact::label).orElse("Unknown"),
                data.deceased(),
                data.identityUnknown(),
                null,
                probableChart,
                pcp(data, today),
                data.mrns().stream()
                        .map(mrn -> new PatientSummary.Mrn(
                                mrn.facility(),
                                directory
                                        .facility(mrn.facility())
                                        .map(Directory.Facility::name)
                                        .orElse(""),
                                mrn.value()))
                        .toList(),
                marks(data, probableChart, today),
                sameNames);
    }

    private static @Nullable String pcp(Demographics data, LocalDate today) {
        return data.careTeam().stream()
                .filter(member -> member.role() == CareRole.PCP && member.inForce(today))
                .map(Demographics.CareMember::name)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    private static List<String> marks(Demographics data, @Nullable PatientId probableChart, LocalDate today) {
        List<String> marks = new ArrayList<>();
        if (data.identityUnknown()) {
            marks.add("Identity unknown");
        }
        if (probableChart != null) {
            marks.add("Probable chart linked, merge pending");
        }
        if (data.interpreter()) {
            String language = data.language();
            marks.add("Interpreter" + (language == null ? "" : ": " + Language.label(language)));
        }
        for (Demographics.Contact contact : data.contacts()) {
            if (contact.holds(ContactRole.GUARDIAN, today)) {
                marks.add("Guardian: " + contact.name());
            }
        }
        if (data.contacts().stream().anyMatch(contact -> contact.holds(ContactRole.NO_CONTACT, today))) {
            marks.add("Legal restriction: no contact by court order");
        }
        PartialDate born = data.birthDate();
        boolean minor = born != null && born.to().plusYears(ADULT).isAfter(today);
        if (minor && data.contacts().stream().anyMatch(contact -> contact.holds(ContactRole.CUSTODY_SHARED, today))) {
            marks.add("Shared custody");
        }
        if (data.addresses().stream()
                .anyMatch(address -> address.returnedSince() != null
                        && Demographics.current(address.from(), address.until(), today))) {
            marks.add("Returned mail");
        }
        if (data.addresses().stream().anyMatch(Demographics.Address::confidential)) {
            marks.add("Confidential address");
        }
        return marks;
    }
}
