package org.chartkeeper.chart.web;

/** What a clinician does with an entry instead of signing it. */
class AnswerForm {

    private String answer = "";
    private String comment = "";
    private String to = "";
    private String pick = "";
    private String from = "";
    private String idempotencyKey = "";

    /** return, not-mine or refuse. */
    public String getAnswer() {
        return answer;
    }

    public void setAnswer(String answer) {
        this.answer = answer;
    }

    public String getComment() {
        return comment;
    }

    public void setComment(String comment) {
        this.comment = comment;
    }

    /** Id of the practitioner to whom it is passed; empty for back to the sender. */
    public String getTo() {
        return to;
    }

    public void setTo(String to) {
        this.to = to;
    }

    public String getPick() {
        return pick;
    }

    public void setPick(String pick) {
        this.pick = pick;
    }

    /** inbox or review: where to go on. */
    public String getFrom() {
        return from;
    }

    public void setFrom(String from) {
        this.from = from;
    }

    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }
}
