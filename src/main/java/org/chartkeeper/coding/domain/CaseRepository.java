package org.chartkeeper.coding.domain;

import jakarta.persistence.LockModeType;
import java.time.LocalDate;
import java.util.Collection;
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

    /** Several, in the order of their ids, so that two never wait for each other in a circle. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select c from CaseEntity c where c.id in :ids order by c.id")
    List<CaseEntity> lock(Collection<UUID> ids);

    /** The cases of a visit, of any kind, to be changed. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("""
            select c from CaseEntity c
            where c.id in (select k.id from CaseEntity k join k.visits v where v.encounterId = :visit) order by c.id
            """)
    List<CaseEntity> ofVisit(UUID visit);

    /** The case of a series in a month, to be changed. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("""
            select c from CaseEntity c
            where c.patientId = :patient and c.facilityId = :facility and c.kind = 'series' and c.month = :month
              and c.accountNumber = :account and c.state <> 'combined' order by c.id
            """)
    List<CaseEntity> ofSeries(UUID patient, UUID facility, String account, LocalDate month);
}
