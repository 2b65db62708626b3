package org.chartkeeper.visit.web;

import org.chartkeeper.platform.Uuid7;
import org.chartkeeper.visit.AfterVisitSummaries.Sheet;

/** What is typed into an after-visit summary. */
public final class AfterVisitForm {

    private String idempotencyKey = Uuid7.next().toString();
    private String reason = "";
    private String findings = "";
    private String medicines = "";
    private String allergies = "";
    private String next = "";
    private String instructions = "";

    static AfterVisitForm of(Sheet sheet) {
        AfterVisitForm form = new AfterVisitForm();
        form.reason = sheet.reason();
        form.findings = sheet.findings();
        form.medicines = sheet.medicines();
        form.allergies = sheet.allergies();
        form.next = sheet.next();
        form.instructions = sheet.instructions();
        return form;
    }

    Sheet sheet() {
        return new Sheet(reason, findings, medicines, allergies, next, instructions);
    }

    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    public String getFindings() {
        return findings;
    }

    public void setFindings(String findings) {
        this.findings = findings;
    }

    public String getMedicines() {
        return medicines;
    }

    public void setMedicines(String medicines) {
        this.medicines = medicines;
    }

    public String getAllergies() {
        return allergies;
    }

    public void setAllergies(String allergies) {
        this.allergies = allergies;
    }

    public String getNext() {
        return next;
    }

    public void setNext(String next) {
        this.next = next;
    }

    public String getInstructions() {
        return instructions;
    }

    public void setInstructions(String instructions) {
        this.instructions = instructions;
    }
}
