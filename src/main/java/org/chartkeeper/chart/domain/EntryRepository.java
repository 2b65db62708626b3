package org.chartkeeper.chart.domain;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface EntryRepository extends JpaRepository<EntryEntity, UUID> {

    /** Locked, in the order of their ids, so that two writers never wait for each other in a circle. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select entry from EntryEntity entry where entry.id in :ids order by entry.id")
    List<EntryEntity> lock(Collection<UUID> ids);
}
