package org.chartkeeper.chart.web;

/** What is typed to move something to the right chart; and, at the check page, that it was compared. */
class MoveForm {

    private String mrn = "";
    private String birthDate = "";
    private String reasonWords = "";
    private String toVisit = "";
    private String seen = "";
    private String step = "check";
    private boolean compared;
    private String idempotencyKey = "";

    public String getMrn() {
        return mrn;
    }

    public void setMrn(String mrn) {
        this.mrn = mrn;
    }

    public String getBirthDate() {
        return birthDate;
    }

    public void setBirthDate(String birthDate) {
        this.birthDate = birthDate;
    }

    public String getReasonWords() {
        return reasonWords;
    }

    public void setReasonWords(String reasonWords) {
        this.reasonWords = reasonWords;
    }

    /** Id of the visit of the right chart; empty for none. */
    public String getToVisit() {
        return toVisit;
    }

    public void setToVisit(String toVisit) {
        this.toVisit = toVisit;
    }

    /** What stood when the page was shown. */
    public String getSeen() {
        return seen;
    }

    public void setSeen(String seen) {
        this.seen = seen;
    }

    /** check, change or move. */
    public String getStep() {
        return step;
    }

    public void setStep(String step) {
        this.step = step;
    }

    public boolean isCompared() {
        return compared;
    }

    public void setCompared(boolean compared) {
        this.compared = compared;
    }

    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }
}
