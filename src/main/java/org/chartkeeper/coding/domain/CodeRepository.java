package org.chartkeeper.coding.domain;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** Codes of cases with what they rest on. */
interface CodeRepository extends JpaRepository<CodeEntity, UUID> {

    /** In their order, diagnoses before procedures; one statement. */
    @Query("""
            select distinct c from CodeEntity c left join fetch c.evidence
            where c.caseId = :caseId and c.book = :book order by c.section, c.position
            """)
    List<CodeEntity> of(UUID caseId, String book);

    /** Cases with codes that rest on one of these entries; the codes are read when their cases are locked. */
    @Query("select distinct c.caseId from CodeEntity c join c.evidence e where e.entryId in :entries")
    List<UUID> casesRestingOn(Collection<UUID> entries);

    /** Codes of a case that rest on one of these entries. */
    @Query("""
            select distinct c from CodeEntity c join c.evidence e where c.caseId = :caseId and e.entryId in :entries
            """)
    List<CodeEntity> restingOn(UUID caseId, Collection<UUID> entries);
}
