package org.chartkeeper.patient.domain;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.patient.ImportedPatient;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PatientLabels;
import org.chartkeeper.platform.PatientNumbers;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class PatientIndex implements Patients, PatientLabels, PatientNumbers {

    private static final int MOST_SAME_NAMES = 3;

    private final PatientRows rows;
    private final Summaries summaries;
    private final Importer importer;
    private final JdbcClient database;

    PatientIndex(PatientRows rows, Summaries summaries, Importer importer, JdbcClient database) {
        this.rows = rows;
        this.summaries = summaries;
        this.importer = importer;
        this.database = database;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<PatientSummary> find(PatientId patient) {
        return rows.named(patient, MOST_SAME_NAMES)
                .flatMap(named -> named.state().mergedInto() == null
                        ? Optional.of(named)
                        : rows.named(named.state().mergedInto(), MOST_SAME_NAMES))
                .map(named -> summaries.of(
                        named.state().id(), named.state().data(), named.state().probableChart(), named.sameNames()));
    }

    @Override
    @Transactional(readOnly = true)
    public Map<PatientId, PatientSummary> summaries(Collection<PatientId> patients) {
        Map<PatientId, PatientSummary> result = new LinkedHashMap<>();
        Map<PatientId, PatientId> merged = new HashMap<>();
        for (State state : rows.find(patients)) {
            if (state.mergedInto() == null) {
                result.put(state.id(), summaries.of(state.id(), state.data(), state.probableChart(), List.of()));
            } else {
                merged.put(state.id(), state.mergedInto());
            }
        }
        if (!merged.isEmpty()) {
            Map<PatientId, PatientSummary> survivors = new HashMap<>();
            rows.find(merged.values())
                    .forEach(state -> survivors.put(
                            state.id(), summaries.of(state.id(), state.data(), state.probableChart(), List.of())));
            merged.forEach((loser, survivor) -> {
                PatientSummary summary = survivors.get(survivor);
                if (summary != null) {
                    result.put(loser, summary);
                }
            });
        }
        return result;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<PatientId> byIdentifier(String assigner, String value) {
        return database.sql("""
                        select coalesce(p.merged_into, p.id) as id
                          from patient_identifier i join patient p on p.id = i.patient_id
                         where i.assigner = ? and i.value = ? and i.active
                        """)
                .params(assigner, value)
                .query((row, number) -> Sql.patient(row, "id"))
                .optional();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<PatientId> byMrn(FacilityId facility, String mrn) {
        return database.sql("""
                        select coalesce(p.merged_into, p.id) as id from mrn m join patient p on p.id = m.patient_id
                         where m.facility_id = ? and m.normalised = ?
                        """)
                .params(facility.value(), Numbers.plain(mrn))
                .query((row, number) -> Sql.patient(row, "id"))
                .optional();
    }

    @Override
    @Transactional
    public Imported importPatient(ImportedPatient patient, FacilityId facility, String source) {
        return importer.patient(patient, facility, source);
    }

    @Override
    @Transactional
    public void importCoverage(PatientId patient, String source, List<ImportedCoverage> coverages) {
        importer.coverage(patient, source, coverages);
    }

    @Override
    @Transactional
    public void importRelated(PatientId patient, String source, List<ImportedRelated> related) {
        importer.related(patient, source, related);
    }

    @Override
    @Transactional(readOnly = true)
    public Map<PatientId, String> labels(Actor actor, Collection<PatientId> patients) {
        Map<PatientId, String> labels = new HashMap<>();
        if (patients.isEmpty()) {
            return labels;
        }
        database.sql("""
                        select patient_id, family, given from patient_search
                         where patient_id = any(?) and may_see(patient_id)
                        """)
                .param(patients.stream().map(PatientId::value).toArray(UUID[]::new))
                .query(row -> {
                    String given = row.getString("given");
                    labels.put(
                            Sql.patient(row, "patient_id"),
                            given.isEmpty() ? row.getString("family") : row.getString("family") + ", " + given);
                });
        return labels;
    }
}
