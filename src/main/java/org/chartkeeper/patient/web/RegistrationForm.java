package org.chartkeeper.patient.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chartkeeper.patient.Filing;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;

/** What any form of registration carries: its fields by name, on what they rest, and the warnings accepted. */
class RegistrationForm {

    private Map<String, String> values = new LinkedHashMap<>();
    private @Nullable Integer version;
    private String idempotencyKey = "";
    private String statedBy = "patient";
    private @Nullable String reason;
    private List<String> accepted = new ArrayList<>();
    private @Nullable String acceptedBecause;
    private @Nullable String confirmed;

    /** A new form with a key of its own. */
    static RegistrationForm fresh(@Nullable Integer version, Map<String, String> values) {
        RegistrationForm form = new RegistrationForm();
        form.version = version;
        form.idempotencyKey = Uuid7.next().toString();
        form.values.putAll(values);
        return form;
    }

    Filing filing() {
        return Filing.statedBy(statedBy.isBlank() ? "patient" : statedBy)
                .because(reason == null || reason.isBlank() ? null : reason.strip())
                .once(idempotencyKey)
                .accepting(
                        accepted,
                        acceptedBecause == null || acceptedBecause.isBlank() ? null : acceptedBecause.strip());
    }

    public Map<String, String> getValues() {
        return values;
    }

    public void setValues(Map<String, String> values) {
        this.values = values;
    }

    public @Nullable Integer getVersion() {
        return version;
    }

    public void setVersion(@Nullable Integer version) {
        this.version = version;
    }

    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }

    public String getStatedBy() {
        return statedBy;
    }

    public void setStatedBy(String statedBy) {
        this.statedBy = statedBy;
    }

    public @Nullable String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason;
    }

    public List<String> getAccepted() {
        return accepted;
    }

    public void setAccepted(List<String> accepted) {
        this.accepted = accepted;
    }

    public @Nullable String getAcceptedBecause() {
        return acceptedBecause;
    }

    public void setAcceptedBecause(@Nullable String acceptedBecause) {
        this.acceptedBecause = acceptedBecause;
    }

    /** Ids of the likely existing patients that were shown and are not this one. */
    public @Nullable String getConfirmed() {
        return confirmed;
    }

    public void setConfirmed(@Nullable String confirmed) {
        this.confirmed = confirmed;
    }
}
