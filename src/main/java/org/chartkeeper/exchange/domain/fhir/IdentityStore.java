package org.chartkeeper.exchange.domain.fhir;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.chartkeeper.chart.Concept;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** What became of each resource of each source, and what is kept of those that became no entry. */
@Component
class IdentityStore {

    private final JdbcClient database;

    IdentityStore(JdbcClient database) {
        this.database = database;
    }

    /**
     * What a resource became.
     *
     * @param kind entry, encounter, patient, practitioner, directory, coverage, related, other
     * @param version of the target as an import wrote it last; null where that is not asked
     * @param locked whether that version is locked
     * @param file the file that it was first met in
     */
    record Identity(
            String type,
            String key,
            String kind,
            UUID target,
            @Nullable UUID patient,
            String hash,
            @Nullable Integer version,
            boolean locked,
            @Nullable Long file) {}

    /** Identities that are known, by type and key joined by a bar. */
    Map<String, Identity> find(String source, Collection<Incoming> items) {
        Map<String, Identity> found = new HashMap<>();
        if (items.isEmpty()) {
            return found;
        }
        database.sql("""
                        select i.resource_type, i.source_id, i.target_kind, i.target_id, i.patient_id, i.content_hash,
                               i.version, i.locked, i.file_id
                          from unnest(?::text[], ?::text[]) as q(type, key)
                          join source_identity i
                            on i.source = ? and i.resource_type = q.type and i.source_id = q.key
                        """)
                .params(
                        items.stream().map(Incoming::type).toArray(String[]::new),
                        items.stream().map(Incoming::key).toArray(String[]::new),
                        source)
                .query(row -> {
                    Identity identity = new Identity(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getObject(4, UUID.class),
                            row.getObject(5, UUID.class),
                            row.getString(6),
                            row.getObject(7, Integer.class),
                            row.getBoolean(8),
                            row.getObject(9, Long.class));
                    found.put(identity.type() + "|" + identity.key(), identity);
                });
        return found;
    }

    void add(String source, List<Identity> identities) {
        write(source, identities, "");
    }

    void change(String source, List<Identity> identities) {
        write(source, identities, """
                 on conflict (source, resource_type, source_id) do update
                    set target_kind = excluded.target_kind, target_id = excluded.target_id,
                        patient_id = excluded.patient_id, content_hash = excluded.content_hash,
                        version = excluded.version, locked = excluded.locked
                """);
    }

    private void write(String source, List<Identity> identities, String conflict) {
        if (identities.isEmpty()) {
            return;
        }
        database.sql("""
                        insert into source_identity
                            (source, resource_type, source_id, target_kind, target_id, patient_id, content_hash, version,
                             locked, file_id)
                        select ?, * from unnest(?::text[], ?::text[], ?::text[], ?::uuid[], ?::uuid[], ?::text[], ?::int[],
                                                ?::boolean[], ?::bigint[])
                        """ + conflict)
                .params(
                        source,
                        identities.stream().map(Identity::type).toArray(String[]::new),
                        identities.stream().map(Identity::key).toArray(String[]::new),
                        identities.stream().map(Identity::kind).toArray(String[]::new),
                        identities.stream().map(Identity::target).toArray(UUID[]::new),
                        identities.stream().map(Identity::patient).toArray(UUID[]::new),
                        identities.stream().map(Identity::hash).toArray(String[]::new),
                        identities.stream().map(Identity::version).toArray(Integer[]::new),
                        identities.stream().map(Identity::locked).toArray(Boolean[]::new),
                        identities.stream().map(Identity::file).toArray(Long[]::new))
                .update();
    }

    /** Targets of references {@code Type|key}, with names of directory entries; those that are not here are left out. */
    Map<String, Target> targets(String source, Collection<String> keys) {
        Map<String, Target> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        List<String> types = new ArrayList<>(keys.size());
        List<String> ids = new ArrayList<>(keys.size());
        boolean names = false;
        for (String key : keys) {
            int bar = key.indexOf('|');
            String type = key.substring(0, bar);
            names |= !type.equals("Observation") && !type.equals("Encounter");
            types.add(type);
            ids.add(key.substring(bar + 1));
        }
        database.sql("""
                        select q.type || '|' || q.key, i.target_kind, i.target_id, i.patient_id,
                        """ + (names ? " d.name " : " null ") + """
                          from unnest(?::text[], ?::text[]) as q(type, key)
                          join source_identity i
                            on i.source = ? and i.resource_type = q.type and i.source_id = q.key
                        """
                        + (names ? "left join directory_entry d on d.id = i.target_id" : ""))
                .params(types.toArray(String[]::new), ids.toArray(String[]::new), source)
                .query(row -> {
                    found.put(
                            row.getString(1),
                            new Target(
                                    row.getString(2),
                                    row.getObject(3, UUID.class),
                                    row.getObject(4, UUID.class),
                                    row.getString(5),
                                    null));
                });
        return found;
    }

    /** Targets of references by identifier, {@code Type?system|value}: those of the same source before those of others. */
    Map<String, Target> byIdentifier(String source, Collection<String> keys) {
        Map<String, Target> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        List<String> types = new ArrayList<>(keys.size());
        List<String> systems = new ArrayList<>(keys.size());
        List<String> values = new ArrayList<>(keys.size());
        for (String key : keys) {
            int question = key.indexOf('?');
            int bar = key.indexOf('|', question);
            types.add(key.substring(0, question));
            systems.add(key.substring(question + 1, bar));
            values.add(key.substring(bar + 1));
        }
        database.sql("""
                        select distinct on (q.type, q.system, q.value) q.type || '?' || q.system || '|' || q.value,
                               s.target_kind, s.target_id, s.patient_id, d.name
                          from unnest(?::text[], ?::text[], ?::text[]) as q(type, system, value)
                          join source_identifier s
                            on s.resource_type = q.type and s.system = q.system and s.value = q.value
                          left join directory_entry d on d.id = s.target_id
                         order by q.type, q.system, q.value, s.source = ? desc, s.source
                        """)
                .params(
                        types.toArray(String[]::new),
                        systems.toArray(String[]::new),
                        values.toArray(String[]::new),
                        source)
                .query(row -> {
                    found.put(
                            row.getString(1),
                            new Target(
                                    row.getString(2),
                                    row.getObject(3, UUID.class),
                                    row.getObject(4, UUID.class),
                                    row.getString(5),
                                    null));
                });
        return found;
    }

    /** An identifier by which a conditional reference finds its target. */
    record Named(
            String type,
            String system,
            String value,
            String kind,
            UUID target,
            @Nullable UUID patient) {}

    /** Of two with the same identifier the later one counts. */
    void identifiers(String source, Collection<Named> identifiers) {
        Map<String, Named> once = new LinkedHashMap<>();
        identifiers.forEach(one -> once.put(one.type() + "?" + one.system() + "|" + one.value(), one));
        if (once.isEmpty()) {
            return;
        }
        List<Named> all = List.copyOf(once.values());
        database.sql("""
                        insert into source_identifier
                            (source, resource_type, system, value, target_kind, target_id, patient_id)
                        select ?, * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::uuid[])
                        on conflict (resource_type, system, value, source) do update
                           set target_kind = excluded.target_kind, target_id = excluded.target_id,
                               patient_id = excluded.patient_id
                        """)
                .params(
                        source,
                        all.stream().map(Named::type).toArray(String[]::new),
                        all.stream().map(Named::system).toArray(String[]::new),
                        all.stream().map(Named::value).toArray(String[]::new),
                        all.stream().map(Named::kind).toArray(String[]::new),
                        all.stream().map(Named::target).toArray(UUID[]::new),
                        all.stream().map(Named::patient).toArray(UUID[]::new))
                .update();
    }

    /** An entry of the directory. */
    record Listed(UUID id, Incoming item, String name) {}

    void directoryEntries(String source, List<Listed> entries, Instant now) {
        if (entries.isEmpty()) {
            return;
        }
        database.sql("""
                        insert into directory_entry (source, received_at, id, resource_type, source_id, name, content)
                        select ?, ?, id, type, key, name, content::json
                          from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[]) as q(id, type, key, name, content)
                        on conflict (source, resource_type, source_id) do update
                           set name = excluded.name, content = excluded.content, received_at = excluded.received_at
                        """)
                .params(
                        source,
                        Timestamp.from(now),
                        entries.stream().map(Listed::id).toArray(UUID[]::new),
                        entries.stream().map(one -> one.item().type()).toArray(String[]::new),
                        entries.stream().map(one -> one.item().key()).toArray(String[]::new),
                        entries.stream().map(Listed::name).toArray(String[]::new),
                        entries.stream().map(one -> json(one.item())).toArray(String[]::new))
                .update();
    }

    /** What a directory entry says, as it was met. */
    Map<UUID, String> directoryContents(Collection<UUID> ids) {
        Map<UUID, String> found = new HashMap<>();
        if (!ids.isEmpty()) {
            database.sql("select id, content::text from directory_entry where id = any(?)")
                    .param(ids.toArray(UUID[]::new))
                    .query(row -> {
                        found.put(row.getObject(1, UUID.class), row.getString(2));
                    });
        }
        return found;
    }

    /** A resource that is kept whole. */
    record Whole(UUID id, @Nullable UUID patient, Incoming item, String file) {}

    void keepWhole(UUID facility, String source, List<Whole> resources, Instant now) {
        if (resources.isEmpty()) {
            return;
        }
        database.sql("""
                        insert into other_resource
                            (id, patient_id, facility_id, source, resource_type, source_id, content, content_hash,
                             source_reference, source_place, received_at)
                        select id, patient, ?, ?, type, key, content, hash, reference, place, ?
                          from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::bytea[], ?::text[], ?::text[], ?::text[])
                               as q(id, patient, type, key, content, hash, reference, place)
                        on conflict (id) do update
                           set patient_id = excluded.patient_id, content = excluded.content,
                               content_hash = excluded.content_hash, source_reference = excluded.source_reference,
                               source_place = excluded.source_place, received_at = excluded.received_at
                        """)
                .params(
                        facility,
                        source,
                        Timestamp.from(now),
                        resources.stream().map(Whole::id).toArray(UUID[]::new),
                        resources.stream().map(Whole::patient).toArray(UUID[]::new),
                        resources.stream().map(one -> one.item().type()).toArray(String[]::new),
                        resources.stream().map(one -> one.item().key()).toArray(String[]::new),
                        resources.stream().map(one -> packed(one.item())).toArray(byte[][]::new),
                        resources.stream().map(one -> one.item().hash()).toArray(String[]::new),
                        resources.stream().map(Whole::file).toArray(String[]::new),
                        resources.stream().map(one -> one.item().place()).toArray(String[]::new))
                .update();
    }

    void dropWhole(Collection<UUID> ids) {
        if (!ids.isEmpty()) {
            database.sql("delete from other_resource where id = any(?)")
                    .param(ids.toArray(UUID[]::new))
                    .update();
        }
    }

    /** The drugs of Medications that are kept whole. */
    Map<UUID, Concept> medications(Collection<UUID> ids) {
        Map<UUID, Concept> found = new HashMap<>();
        if (ids.isEmpty()) {
            return found;
        }
        database.sql("select id, content from other_resource where id = any(?) and content is not null")
                .param(ids.toArray(UUID[]::new))
                .query(row -> {
                    try {
                        Concept concept = Codes.concept(Element.of(Fhir.JSON.readTree(Gzip.unpack(row.getBytes(2))))
                                .child("code"));
                        if (concept != null) {
                            found.put(row.getObject(1, UUID.class), concept);
                        }
                    } catch (JacksonException | WrongType e) {
                        // It was judged when it was kept; without a code it names no drug.
                        return;
                    }
                });
        return found;
    }

    /** Lays a change aside for a person; the newest of each resource. */
    void park(
            UUID id,
            String source,
            Incoming item,
            Identity identity,
            UUID facility,
            UUID run,
            String reason,
            Instant now) {
        database.sql("""
                        insert into parked_resource
                            (id, source, resource_type, source_id, target_kind, target_id, patient_id, facility_id, run_id,
                             file_ordinal, entry, content, reason, parked_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (source, resource_type, source_id) do update
                           set run_id = excluded.run_id, file_ordinal = excluded.file_ordinal, entry = excluded.entry,
                               content = excluded.content, reason = excluded.reason, parked_at = excluded.parked_at
                        """)
                .param(id)
                .param(source)
                .param(item.type())
                .param(item.key())
                .param(identity.kind())
                .param(identity.target())
                .param(identity.patient())
                .param(facility)
                .param(run)
                .param(item.file())
                .param(item.entry())
                .param(packed(item))
                .param(reason)
                .param(Timestamp.from(now))
                .update();
    }

    private static String json(Incoming item) {
        Element resource = item.resource();
        return resource == null ? "{}" : resource.node().toString();
    }

    private static byte[] packed(Incoming item) {
        Element resource = item.resource();
        return Gzip.pack(resource == null ? new byte[0] : Fhir.JSON.writeValueAsBytes(resource.node()));
    }
}
