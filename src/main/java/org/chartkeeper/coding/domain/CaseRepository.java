package org.chartkeeper.coding.domain;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** Coding cases. */
interface CaseRepository extends JpaRepository<CaseEntity, UUID> {

    /** To be changed: nobody else changes it until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select c from CaseEntity c where c.id = :id")
    Optional<CaseEntity> lock(UUID id);

    /** The cases of a visit, of any kind. */
    @Query("select distinct c from CaseEntity c join c.visits v where v.encounterId = :visit")
    List<CaseEntity> ofVisit(UUID visit);

    @Query("select distinct c from CaseEntity c join fetch c.visits where c.patientId = :patient")
    List<CaseEntity> ofPatient(UUID patient);
}
