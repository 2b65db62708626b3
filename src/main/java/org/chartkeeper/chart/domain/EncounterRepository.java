package org.chartkeeper.chart.domain;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface EncounterRepository extends JpaRepository<EncounterEntity, UUID> {

    Optional<EncounterEntity> findByIdAndPatientId(UUID id, UUID patientId);

    List<EncounterEntity> findBySourceAndSourceIdIn(String source, Collection<String> sourceIds);
}
