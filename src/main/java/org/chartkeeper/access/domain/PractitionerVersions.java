package org.chartkeeper.access.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chartkeeper.platform.PractitionerId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps the whole state of a practitioner after a change, as the first version has it. */
@Component
class PractitionerVersions {

    private final JdbcClient database;
    private final SettingVersions versions;

    PractitionerVersions(JdbcClient database, SettingVersions versions) {
        this.database = database;
        this.versions = versions;
    }

    void add(String action, PractitionerId who) {
        versions.add(action, "practitioner", who, content(who));
    }

    private Map<String, Object> content(PractitionerId who) {
        Map<String, Object> content = new LinkedHashMap<>();
        database.sql("select family_name, given_name, prefix, npi, prescriber_kind from practitioner where id = ?")
                .param(who.value())
                .query(row -> {
                    content.put("familyName", row.getString("family_name"));
                    content.put("givenName", row.getString("given_name"));
                    if (row.getString("prefix") != null) {
                        content.put("prefix", row.getString("prefix"));
                    }
                    if (row.getString("npi") != null) {
                        content.put("npi", row.getString("npi"));
                    }
                    content.put("prescriberKind", row.getString("prescriber_kind"));
                });
        List<String> facilities = new ArrayList<>();
        Map<String, String> cosigners = new LinkedHashMap<>();
        Map<String, String> numbers = new LinkedHashMap<>();
        database.sql("""
                        select facility_id::text as facility, cosigner::text as cosigner, dea from practitioner_facility
                        where practitioner_id = ? order by 1
                        """).param(who.value()).query(row -> {
            facilities.add(row.getString("facility"));
            if (row.getString("cosigner") != null) {
                cosigners.put(row.getString("facility"), row.getString("cosigner"));
            }
            if (row.getString("dea") != null) {
                numbers.put(row.getString("facility"), row.getString("dea"));
            }
        });
        content.put("facilities", facilities);
        content.put("cosigners", cosigners);
        if (!numbers.isEmpty()) {
            content.put("deaNumbers", numbers);
        }
        return content;
    }
}
