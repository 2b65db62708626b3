package org.chartkeeper.chart.domain;

import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditEventId;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.patient.ImportedPatient;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.ActorNames;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

@TestConfiguration(proxyBeanMethods = false)
class Doubles {

    static final ThreadLocal<@Nullable Actor> ACTOR = new ThreadLocal<>();

    @Bean
    @Primary
    CurrentActor doubleActor() {
        return new CurrentActor() {
            @Override
            public Optional<Actor> find() {
                return Optional.ofNullable(ACTOR.get());
            }

            @Override
            public <T> T asSystem(FacilityId facility, Supplier<T> work) {
                Actor before = ACTOR.get();
                ACTOR.set(new Actor(
                        Actor.SYSTEM_USER,
                        "System",
                        null,
                        facility,
                        Set.of(facility),
                        Set.of(),
                        Set.of(Permission.values())));
                try {
                    return work.get();
                } finally {
                    ACTOR.set(before);
                }
            }
        };
    }

    @Bean
    @Primary
    AuditTrail doubleTrail(JdbcClient jdbc) {
        return new AuditTrail() {
            @Override
            public AuditEventId record(AuditEvent event) {
                UUID id = Uuid7.next();
                jdbc.sql("""
                        insert into audit_event (occurred_at, id, node, action, outcome, cluster, transaction_id,
                            application_version, hash, patient_id)
                        values (now(), :id, 'test', :action, 'done', 0, 0, 'test', sha256('x'), :patient::uuid)
                        """)
                        .param("id", id)
                        .param("action", event.action())
                        .param(
                                "patient",
                                event.patient() == null ? null : event.patient().toString())
                        .update();
                return new AuditEventId(id);
            }

            @Override
            public AuditEventId recordAlone(AuditEvent event) {
                return record(event);
            }
        };
    }

    @Bean
    @Primary
    Access doubleAccess() {
        return new Access() {
            @Override
            public Decision decideChart(Actor actor, PatientId patient) {
                return new Decision.Granted("role");
            }

            @Override
            public Decision decideRegistration(Actor actor, PatientId patient) {
                return new Decision.Granted("role");
            }

            @Override
            public boolean maySee(Actor actor, String sensitivity, @Nullable PractitionerId statedBy) {
                if (sensitivity.isEmpty() || statedBy != null && statedBy.equals(actor.practitioner())) {
                    return true;
                }
                return switch (sensitivity) {
                    case "psychotherapy", "sud-counseling" -> actor.may(Permission.PSYCHOTHERAPY_READ);
                    case "part2" -> actor.may(Permission.PART2_READ);
                    default -> true;
                };
            }

            @Override
            public void openByReason(Actor actor, PatientId patient, String reasonCode, String reasonText) {}

            @Override
            public void patientAtFacility(PatientId patient, FacilityId facility) {}

            @Override
            public void patientsAtFacility(Collection<PatientId> patients, FacilityId facility) {}

            @Override
            public void careRelation(CareRelation relation) {}

            @Override
            public void careRelations(Collection<CareRelation> relations) {}
        };
    }

    @Bean
    @Primary
    Directory doubleDirectory() {
        return new Directory() {
            private final Facility facility =
                    new Facility(Fixture.FACILITY, "TEST", "Test Hospital", ZoneId.of("America/Chicago"), false, 24);

            @Override
            public List<Facility> facilities() {
                return List.of(facility);
            }

            @Override
            public Optional<Facility> facility(FacilityId id) {
                return Optional.of(facility);
            }

            @Override
            public Optional<Facility> facilityByCode(String code) {
                return Optional.of(facility);
            }

            @Override
            public List<Department> departments(FacilityId facility) {
                return List.of();
            }

            @Override
            public Optional<Department> department(DepartmentId id) {
                return Optional.empty();
            }

            @Override
            public Map<PractitionerId, Practitioner> practitioners(Collection<PractitionerId> ids) {
                return ids.stream()
                        .distinct()
                        .collect(Collectors.toMap(
                                id -> id,
                                id -> new Practitioner(
                                        id, "Dr. A. Okafor", "Okafor", "Adaeze", null, "physician", null)));
            }

            @Override
            public List<Practitioner> practitionersAt(FacilityId facility) {
                return List.of();
            }

            @Override
            public List<PractitionerId> importPractitioners(String source, List<ImportedPractitioner> practitioners) {
                return List.of();
            }
        };
    }

    @Bean
    @Primary
    ActorNames doubleNames() {
        return users -> users.stream().distinct().collect(Collectors.toMap(id -> id, id -> "D. Reyes"));
    }

    @Bean
    @Primary
    Patients doublePatients() {
        return new Patients() {
            @Override
            public Optional<PatientSummary> find(PatientId patient) {
                return Optional.empty();
            }

            @Override
            public Map<PatientId, PatientSummary> summaries(Collection<PatientId> patients) {
                return Map.of();
            }

            @Override
            public Optional<PatientId> byIdentifier(String assigner, String value) {
                return Optional.empty();
            }

            @Override
            public Optional<PatientId> byMrn(FacilityId facility, String mrn) {
                return Optional.empty();
            }

            @Override
            public Imported importPatient(ImportedPatient patient, FacilityId facility, String source) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void importCoverage(PatientId patient, String source, List<ImportedCoverage> coverages) {}

            @Override
            public void importRelated(PatientId patient, String source, List<ImportedRelated> related) {}
        };
    }

    static UserId user(int number) {
        return UserId.of("00000000-0000-7000-8000-0000000000" + (10 + number));
    }
}
