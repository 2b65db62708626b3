package org.chartkeeper.access.web;

/** Why a chart is opened. */
class ReasonForm {

    private String reason = "";
    private String text = "";

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text;
    }
}
