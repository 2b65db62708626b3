package org.chartkeeper.chart.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is typed to change what stands: the entry's own fields, who stated it and when, from what, and why. */
class ChangeForm {

    private Map<String, String> values = new LinkedHashMap<>();
    private @Nullable Integer version;
    private String idempotencyKey = "";
    private String eventDate = "";
    private String eventTime = "";
    private String by = "";
    private String name = "";
    private String statedDate = "";
    private String statedTime = "";
    private String source = "";
    private String place = "";
    private String reasonCode = "";
    private String reasonWords = "";
    private String visit = "";
    private String password = "";
    private String kind = "";
    private String text = "";

    /** The entry's own fields by name; see {@link Sheet}. */
    public Map<String, String> getValues() {
        return values;
    }

    public void setValues(Map<String, String> values) {
        this.values = values;
    }

    /** Of the entry that the form was loaded with. */
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

    /** When it happened, as typed. */
    public String getEventDate() {
        return eventDate;
    }

    public void setEventDate(String eventDate) {
        this.eventDate = eventDate;
    }

    public String getEventTime() {
        return eventTime;
    }

    public void setEventTime(String eventTime) {
        this.eventTime = eventTime;
    }

    /** P:ID of a practitioner, nurse, patient or outside. */
    public String getBy() {
        return by;
    }

    public void setBy(String by) {
        this.by = by;
    }

    /** Of a nurse, a patient's proxy or an outside source. */
    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getStatedDate() {
        return statedDate;
    }

    public void setStatedDate(String statedDate) {
        this.statedDate = statedDate;
    }

    public String getStatedTime() {
        return statedTime;
    }

    public void setStatedTime(String statedTime) {
        this.statedTime = statedTime;
    }

    public String getSource() {
        return source;
    }

    public void setSource(String source) {
        this.source = source;
    }

    /** In the source. */
    public String getPlace() {
        return place;
    }

    public void setPlace(String place) {
        this.place = place;
    }

    public String getReasonCode() {
        return reasonCode;
    }

    public void setReasonCode(String reasonCode) {
        this.reasonCode = reasonCode;
    }

    public String getReasonWords() {
        return reasonWords;
    }

    public void setReasonWords(String reasonWords) {
        this.reasonWords = reasonWords;
    }

    /** Id of the visit that it belongs to; empty for none. */
    public String getVisit() {
        return visit;
    }

    public void setVisit(String visit) {
        this.visit = visit;
    }

    /** Of a clinician who signs what is entered; never sent back. */
    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    /** Of a note. */
    public String getKind() {
        return kind;
    }

    public void setKind(String kind) {
        this.kind = kind;
    }

    /** Of a note. */
    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text;
    }
}
