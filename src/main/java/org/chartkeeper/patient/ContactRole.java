package org.chartkeeper.patient;

import com.fasterxml.jackson.annotation.JsonCreator;

/** What a contact is to the patient or may decide (practice 17): a contact is no representative by itself. */
public enum ContactRole implements Coded {
    NEXT_OF_KIN("next-of-kin", "Next of kin"),
    EMERGENCY("emergency", "Emergency contact"),
    PARENT("parent", "Parent"),
    GUARDIAN("guardian", "Legal guardian"),
    CUSTODY_SOLE("custody-sole", "Sole custody"),
    CUSTODY_SHARED("custody-shared", "Shared custody"),
    NO_CONTACT("no-contact", "No contact by court order"),
    HEALTH_CARE_PROXY("proxy", "Health-care proxy"),
    POWER_OF_ATTORNEY("power-of-attorney", "Power of attorney"),
    EXECUTOR("executor", "Executor");

    private final String code;
    private final String label;

    ContactRole(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** @throws IllegalArgumentException where no value has this code */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ContactRole of(String code) {
        return Coded.of(ContactRole.class, code);
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return code;
    }

    /** Whether it rests on a document: a court's order, a power of attorney, letters testamentary. */
    public boolean needsDocument() {
        return this != NEXT_OF_KIN && this != EMERGENCY && this != PARENT;
    }
}
