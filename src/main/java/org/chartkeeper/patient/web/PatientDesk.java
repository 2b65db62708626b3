package org.chartkeeper.patient.web;

import java.util.List;
import org.chartkeeper.patient.PatientSearch;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.DueWork;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.SearchSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What registration gives to the shell: its links, its hits in the palette, and who waits to be identified. */
@Configuration(proxyBeanMethods = false)
class PatientDesk {

    @Bean
    NavigationEntry patientsEntry() {
        return new NavigationEntry("Records", "Patients", "/patients", 20, Permission.PATIENT_SEARCH, null);
    }

    @Bean
    NavigationEntry registerEntry() {
        return new NavigationEntry("Records", "Register", "/patients/new", 21, Permission.PATIENT_REGISTER, null);
    }

    @Bean
    SearchSource patientSource(PatientSearch search) {
        return new SearchSource() {
            @Override
            public String title() {
                return "Patients";
            }

            @Override
            public Permission permission() {
                return Permission.PATIENT_SEARCH;
            }

            @Override
            public List<Hit> search(Actor actor, String query, int limit) {
                return search.search(actor, query, limit).hits().stream()
                        .map(PatientDesk::hit)
                        .toList();
            }
        };
    }

    private static SearchSource.Hit hit(PatientSearch.Hit found) {
        ResultRow row = ResultRow.of(found);
        String mrn = row.mrns().isEmpty()
                ? ""
                : " · MRN " + row.mrns().getFirst().facilityName() + " "
                        + row.mrns().getFirst().value();
        String former = row.formerly() == null ? "" : " · formerly " + row.formerly();
        String alike = row.sameName() ? " · same name as another patient" : "";
        return new SearchSource.Hit(row.name(), row.born() + " · " + row.sex() + mrn + former + alike, row.path());
    }

    @Bean
    DueWork unidentifiedPatients(Registrations registrations) {
        return new DueWork() {
            @Override
            public String title() {
                return "Identity unknown";
            }

            @Override
            public String path() {
                return "/patients";
            }

            @Override
            public Permission permission() {
                return Permission.PATIENT_EDIT;
            }

            @Override
            public int order() {
                return 40;
            }

            @Override
            public List<Item> items(Actor actor, int limit) {
                FacilityId facility = actor.facility();
                return facility == null
                        ? List.of()
                        : registrations.unidentified(facility, limit).stream()
                                .map(waiting -> new Item(
                                        "Unidentified, " + waiting.alias(),
                                        null,
                                        "/patients/" + waiting.id() + "/identify",
                                        null,
                                        "identity unknown",
                                        "warn"))
                                .toList();
            }
        };
    }
}
