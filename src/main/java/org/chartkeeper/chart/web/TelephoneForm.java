package org.chartkeeper.chart.web;

import java.util.ArrayList;
import java.util.List;

/** What a caller says is wrong, and how it was made sure who calls. */
class TelephoneForm {

    private String caller = "";
    private String relation = "";
    private List<String> verified = new ArrayList<>();
    private String phone = "";
    private String phoneUse = "MOBILE";
    private String street = "";
    private String city = "";
    private String state = "";
    private String postalCode = "";
    private String entry = "";
    private String clinical = "";
    private String signer = "";
    private int version;
    private String idempotencyKey = "";

    public String getCaller() {
        return caller;
    }

    public void setCaller(String caller) {
        this.caller = caller;
    }

    /** Who the caller is to the patient. */
    public String getRelation() {
        return relation;
    }

    public void setRelation(String relation) {
        this.relation = relation;
    }

    /** By which identifiers the caller was verified. */
    public List<String> getVerified() {
        return verified;
    }

    public void setVerified(List<String> verified) {
        this.verified = verified;
    }

    public String getPhone() {
        return phone;
    }

    public void setPhone(String phone) {
        this.phone = phone;
    }

    public String getPhoneUse() {
        return phoneUse;
    }

    public void setPhoneUse(String phoneUse) {
        this.phoneUse = phoneUse;
    }

    public String getStreet() {
        return street;
    }

    public void setStreet(String street) {
        this.street = street;
    }

    public String getCity() {
        return city;
    }

    public void setCity(String city) {
        this.city = city;
    }

    public String getState() {
        return state;
    }

    public void setState(String state) {
        this.state = state;
    }

    public String getPostalCode() {
        return postalCode;
    }

    public void setPostalCode(String postalCode) {
        this.postalCode = postalCode;
    }

    /** Id of the entry that is said to be wrong; empty where it is none of those listed. */
    public String getEntry() {
        return entry;
    }

    public void setEntry(String entry) {
        this.entry = entry;
    }

    /** What is said to be wrong with the record itself, in the caller's words. */
    public String getClinical() {
        return clinical;
    }

    public void setClinical(String clinical) {
        this.clinical = clinical;
    }

    /** Id of the practitioner who is to answer it; empty for who stated the entry. */
    public String getSigner() {
        return signer;
    }

    public void setSigner(String signer) {
        this.signer = signer;
    }

    /** Of the registration, as it was read. */
    public int getVersion() {
        return version;
    }

    public void setVersion(int version) {
        this.version = version;
    }

    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }

    boolean movesAway() {
        return !street.isBlank() || !city.isBlank() || !state.isBlank() || !postalCode.isBlank();
    }

    boolean registration() {
        return !phone.isBlank() || movesAway();
    }
}
