package org.chartkeeper.chart.web;

/** To whom a result belongs that is not mine. */
class PassOnForm {

    private String seen = "";
    private String to = "";
    private String comment = "";
    private String idempotencyKey = "";

    /** The version as it was seen, as {@link ResultLine#parse} reads it. */
    public String getSeen() {
        return seen;
    }

    public void setSeen(String seen) {
        this.seen = seen;
    }

    /** Id of the practitioner. */
    public String getTo() {
        return to;
    }

    public void setTo(String to) {
        this.to = to;
    }

    public String getComment() {
        return comment;
    }

    public void setComment(String comment) {
        this.comment = comment;
    }

    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }
}
