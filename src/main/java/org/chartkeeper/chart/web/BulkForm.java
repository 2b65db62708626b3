package org.chartkeeper.chart.web;

/** What is to be corrected in bulk; which fields count depends on the rule. */
class BulkForm {

    private String rule = "code";
    private String facility = "";
    private String type = "condition";
    private String system = "";
    private String code = "";
    private String former = "";
    private String correct = "";
    private String title = "";
    private String from = "";
    private String until = "";
    private String reason = "";
    private String idempotencyKey = "";

    /** code, unit or department. */
    public String getRule() {
        return rule;
    }

    public void setRule(String rule) {
        this.rule = rule;
    }

    public String getFacility() {
        return facility;
    }

    public void setFacility(String facility) {
        this.facility = facility;
    }

    /** Kind of entry whose code is replaced. */
    public String getType() {
        return type;
    }

    public void setType(String type) {
        this.type = type;
    }

    /** URI of the code system. */
    public String getSystem() {
        return system;
    }

    public void setSystem(String system) {
        this.system = system;
    }

    /** LOINC code of the value whose unit is replaced. */
    public String getCode() {
        return code;
    }

    public void setCode(String code) {
        this.code = code;
    }

    public String getFormer() {
        return former;
    }

    public void setFormer(String former) {
        this.former = former;
    }

    public String getCorrect() {
        return correct;
    }

    public void setCorrect(String correct) {
        this.correct = correct;
    }

    /** Title of the right code, where no loaded release has it. */
    public String getTitle() {
        return title;
    }

    public void setTitle(String title) {
        this.title = title;
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(String from) {
        this.from = from;
    }

    public String getUntil() {
        return until;
    }

    public void setUntil(String until) {
        this.until = until;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }
}
